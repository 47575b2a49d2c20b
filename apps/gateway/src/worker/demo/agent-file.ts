import { fileURLToPath } from 'node:url';

/** The agent's program: beside this file as it is written, or beside the bundle it became part of. */
export function findAgentFile(moduleUrl = import.meta.url): string {
  const name = moduleUrl.endsWith('.ts') ? './demo-agent.ts' : './demo-agent.mjs';
  return fileURLToPath(new URL(name, moduleUrl));
}
