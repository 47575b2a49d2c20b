import { fileURLToPath } from 'node:url';

/** The program that carries connections out: beside this file as it is written, or beside the bundle it became part of. */
export function findBridgeFile(moduleUrl = import.meta.url): string {
  const name = moduleUrl.endsWith('.ts') ? './bridge.ts' : './bridge.mjs';
  return fileURLToPath(new URL(name, moduleUrl));
}
