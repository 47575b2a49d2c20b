import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Hostility } from './contract.ts';

const wrapper = fileURLToPath(new URL('./misbehave.ts', import.meta.url));

/** Writes a program into the folder that runs the agent's own program and misbehaves on its outputs. Returns its path. */
export async function writeHostileProgram(
  folder: string,
  { hostility, file }: { hostility: Hostility; file: string },
): Promise<string> {
  const path = join(folder, `hostile-${hostility}`);
  const words = [process.execPath, '--disable-warning=ExperimentalWarning', wrapper, hostility, file];
  await writeFile(path, `#!/bin/sh\nexec ${words.map(quote).join(' ')} "$@"\n`);
  await chmod(path, 0o755);
  return path;
}

const quote = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`;
