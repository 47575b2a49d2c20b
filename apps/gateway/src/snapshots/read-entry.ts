import type { Stats } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { asFile, type RealFolder } from '../ground/real-folder.ts';
import { type Entry, isBeingWritten } from './entry.ts';
import type { ScanOptions } from './scan.ts';
import { isSecretName } from './secret-names.ts';

export type FoundFile = {
  /** In the work dir. */
  path: string;
  name: string;
  folder: RealFolder;
  /** As it was found. */
  stats: Stats;
  /** What was known of it before. */
  known: Entry | undefined;
};

/** File systems stamp with a clock that ticks: what was touched so short before it was read may change unseen (milliseconds). */
const tickMs = 20;

/** Reads a file and holds its content. Undefined if it is touched meanwhile, or from the cutoff on: it counts as it was. */
export async function readEntry(
  { path, name, folder, stats, known }: FoundFile,
  options: ScanOptions,
): Promise<Entry | undefined> {
  const { workDir, limits, isSecret, now, cutoff, keep } = options;
  if (stats.ctimeMs >= cutoff()) return undefined;
  const held = (at: Stats, sha256: string | null, why?: Entry['why']): Entry => {
    const { size, mtimeMs, ctimeMs, ino, mode } = at;
    const isYoung = ctimeMs > now() - tickMs;
    return { size, mtimeMs, ctimeMs, ino, mode, sha256, ...(isYoung && { isYoung }), ...(why && { why }) };
  };
  if (isSecretName(path) || isSecret(join(workDir, path), workDir)) return held(stats, null, 'secret');
  if (stats.size > limits.maxFileBytes) return held(stats, null, 'too_large');
  const handle = await open(folder.at(name), asFile).catch(() => undefined);
  if (!handle) return held(stats, null, 'unreadable');
  try {
    const opened = await handle.stat();
    if (!opened.isFile()) return held(opened, null, 'unreadable');
    const { size } = opened;
    if (size > limits.maxFileBytes) return held(opened, null, 'too_large');
    // One byte more shows whether it grows: whoever writes it does not decide how much is read.
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(size + 1), 0, size + 1, 0);
    const content = buffer.subarray(0, bytesRead);
    const after = await handle.stat();
    const isWhole = content.length === after.size && !(known && isBeingWritten(known, after));
    if (!isWhole || after.ctimeMs >= cutoff()) return undefined;
    if (content.length > limits.maxFileBytes) return held(after, null, 'too_large');
    const sha256 = await keep(content);
    return sha256 === null ? held(after, null, 'full') : held(after, sha256);
  } catch {
    return held(stats, null, 'unreadable');
  } finally {
    await handle.close();
  }
}
