import { appendFile, copyFile, mkdir, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { entry, type Index } from './entry.ts';

/** What happened when a snapshot was taken: the session began, a turn began or ended, files are about to be put back. */
const snapshotLine = z.object({
  kind: z.enum(['start', 'turn', 'turn_end', 'undo']),
  /** The turn's id, or the name of the undo. */
  name: z.string().nullable(),
  /** Unix milliseconds. */
  at: z.number(),
  partial: z.enum(['too_many', 'timeout']).nullable(),
  /** What is other than in the snapshot before. */
  changed: z.array(z.tuple([z.string(), entry])),
  gone: z.array(z.string()),
});
export type SnapshotLine = z.infer<typeof snapshotLine>;

export type Snapshot = Omit<SnapshotLine, 'changed' | 'gone'> & { index: Index };

/** Every snapshot of one session, oldest first, each as what is new in it. A line that a crash cut off was never there. */
export class SnapshotLog {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  async lines(): Promise<SnapshotLine[]> {
    const text = await readFile(this.#path, 'utf8').catch(() => '');
    const lines: SnapshotLine[] = [];
    for (const line of text.split('\n')) {
      const read = parse(line);
      if (read) lines.push(read);
    }
    return lines;
  }

  /** Begins as a copy of another; whether that has anything. */
  async copyFrom(other: SnapshotLog): Promise<boolean> {
    if ((await other.lines()).length === 0) return false;
    await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
    const draft = `${this.#path}.copy`;
    await copyFile(other.#path, draft);
    await rename(draft, this.#path);
    return true;
  }

  async append({ index, ...snapshot }: Snapshot, before: Index): Promise<void> {
    const changed = [...index].filter(([path, now]) => before.get(path) !== now);
    const gone = [...before.keys()].filter((path) => !index.has(path));
    const line: SnapshotLine = { ...snapshot, changed, gone };
    await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
    // The line before may have been cut off.
    await appendFile(this.#path, `\n${JSON.stringify(line)}`, { mode: 0o600 });
  }
}

function parse(line: string): SnapshotLine | undefined {
  if (line === '') return undefined;
  try {
    return snapshotLine.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
