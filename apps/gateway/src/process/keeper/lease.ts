import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessName } from '../process-table.ts';
import { findReaperFile } from './reaper-file.ts';

type Lease = { gateway: ProcessName; graceMs: number };

/** Says which gateway the processes of this folder have, for the keeper to read. Throws what the file system says. */
export function writeLease(folder: string, { gateway: { pid, startTime }, graceMs }: Lease): void {
  const file = join(folder, 'lease');
  const lines = [`${pid} ${startTime} ${Math.ceil(graceMs / 1_000)}`, process.execPath, findReaperFile()];
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, `${lines.join('\n')}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** Undefined if no gateway has ever been here, or the last one stopped in order. */
export function readLease(folder: string): ProcessName | undefined {
  return readName(join(folder, 'lease'));
}

export function removeLease(folder: string): void {
  rmSync(join(folder, 'lease'), { force: true });
}

/** A file that begins with a pid and a start time. */
export function readName(file: string): ProcessName | undefined {
  try {
    const [pid, startTime = ''] = readFileSync(file, 'utf8').split(/\s/);
    return { pid: Number(pid), startTime };
  } catch {
    return undefined;
  }
}
