import { fileURLToPath } from 'node:url';

/** The program that ends processes: beside this file as it is written, or beside the bundle it became part of. */
export function findReaperFile(moduleUrl = import.meta.url): string {
  const name = moduleUrl.endsWith('.ts') ? './reaper.ts' : './reaper.mjs';
  return fileURLToPath(new URL(name, moduleUrl));
}
