import { fileURLToPath } from 'node:url';

/**
 * The file of a program or a thread of the gateway's own, without the end of its name: beside the module that asks as that
 * is written, or beside the bundle that it became part of.
 */
export function ownProgram(name: string, moduleUrl: string): string {
  const end = moduleUrl.endsWith('.ts') ? 'ts' : 'mjs';
  return fileURLToPath(new URL(`./${name}.${end}`, moduleUrl));
}
