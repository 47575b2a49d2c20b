import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * A secret of the gateway's own, made on the first start and readable by its user alone (J7). Throws Error if it cannot
 * be written or read, or if others may read it.
 */
export function readPrivateFile(file: string, create: () => string): string {
  if (!existsSync(file)) writePrivateFile(file, create());
  refuseOpenFile(file);
  return readFileSync(file, 'utf8');
}

/** Written beside and renamed: a crash leaves a whole file or none. */
export function writePrivateFile(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, content, { mode: 0o600, flag: 'wx', flush: true });
  renameSync(draft, file);
}

/** Others who could read it could be whoever it makes. NOTE: Windows has no such mode bits; its folders inherit the user's. */
function refuseOpenFile(file: string): void {
  const stat = statSync(file);
  if (!stat.isFile()) throw new Error('it is not a file');
  if (process.platform !== 'win32' && (stat.mode & 0o077) !== 0)
    throw new Error(`other users may read it; run \`chmod 600 ${file}\``);
}
