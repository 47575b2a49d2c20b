import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

export type TranscriptFile = { name: string; path: string /** Unix milliseconds. */; updatedAt: number };

/** The transcripts of a folder, the one written last first; none if there is no such folder. */
export async function newestFiles(folder: string): Promise<TranscriptFile[]> {
  const names = await readdir(folder).catch(() => []);
  const files = await Promise.all(
    names
      .filter((name) => name.endsWith('.jsonl'))
      .map(async (name): Promise<TranscriptFile[]> => {
        const path = join(folder, name);
        const found = await lstat(path).catch(() => undefined);
        return found?.isFile() ? [{ name, path, updatedAt: Math.round(found.mtimeMs) }] : [];
      }),
  );
  return files.flat().toSorted((a, b) => b.updatedAt - a.updatedAt);
}
