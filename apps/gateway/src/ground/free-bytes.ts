import { statfsSync } from 'node:fs';

/** What the file system of a folder has left for us, in bytes (man 2 statfs); undefined if it does not tell. */
export function freeBytes(folder: string): number | undefined {
  try {
    const { bavail, bfree, blocks, bsize } = statfsSync(folder);
    if (blocks === 0) return undefined;
    // A part may be kept for root alone.
    return (process.getuid?.() === 0 ? bfree : bavail) * bsize;
  } catch {
    return undefined;
  }
}
