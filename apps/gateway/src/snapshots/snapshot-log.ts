import { appendFile, copyFile, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Clock, Timer } from '../ground/clock.ts';
import { entry, type Index } from './entry.ts';
import type { Room } from './room.ts';

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

/** A log that nobody asks for is forgotten so long after (milliseconds); a longer one is read each time (bytes). */
const keptMs = 60_000;
const longestKept = 16 * 1_024 * 1_024;

type LogOptions = { path: string; room: Room; clock: Pick<Clock, 'after'> };

/** Every snapshot of one session, oldest first, each as what is new in it. A line that a crash cut off was never there. */
export class SnapshotLog {
  readonly #options: LogOptions;
  /** What was read, of a file of this size. */
  #known: { size: number; lines: readonly SnapshotLine[] } | undefined;
  #forgetting: Timer | undefined;

  constructor(options: LogOptions) {
    this.#options = options;
  }

  /** Throws what the system says if the log is there and cannot be read. */
  async lines(): Promise<readonly SnapshotLine[]> {
    const size = await this.#size();
    const known = this.#known?.size === size ? this.#known.lines : undefined;
    const lines = known ?? (size === 0 ? [] : linesOf(await readFile(this.#options.path, 'utf8')));
    this.#keep(size, lines);
    return lines;
  }

  /** Begins as a copy of another, as far as these turns go; whether that has anything. */
  async copyFrom(other: SnapshotLog, turns?: ReadonlySet<string>): Promise<boolean> {
    const lines = await other.lines();
    const isOther = ({ kind, name }: SnapshotLine) => kind === 'turn' && turns?.has(name ?? '') === false;
    const end = lines.findIndex(isOther);
    if (lines.length === 0 || end === 0) return false;
    const { path, room } = this.#options;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const draft = `${path}.copy`;
    if (end < 0) await copyFile(other.#options.path, draft);
    else await writeFile(draft, lines.slice(0, end).map(toText).join(''), { mode: 0o600 });
    await rename(draft, path);
    room.recount();
    return true;
  }

  /** Whether there was room for it. */
  async append({ index, ...snapshot }: Snapshot, before: Index): Promise<boolean> {
    const { path, room } = this.#options;
    const changed = [...index].filter(([name, now]) => before.get(name) !== now);
    const gone = [...before.keys()].filter((name) => !index.has(name));
    const line: SnapshotLine = { ...snapshot, changed, gone };
    const text = toText(line);
    if (!(await room.take(Buffer.byteLength(text), 'log'))) return false;
    const lines = await this.lines();
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await appendFile(path, text, { mode: 0o600 });
    this.#keep(await this.#size(), [...lines, line]);
    return true;
  }

  async #size(): Promise<number> {
    try {
      return (await stat(this.#options.path)).size;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
      throw error;
    }
  }

  #keep(size: number, lines: readonly SnapshotLine[]): void {
    this.#forgetting?.cancel();
    this.#known = size > longestKept ? undefined : { size, lines };
    this.#forgetting = this.#options.clock.after(keptMs, () => {
      this.#known = undefined;
    });
  }
}

/** The line before may have been cut off. */
const toText = (line: SnapshotLine) => `\n${JSON.stringify(line)}`;

function linesOf(text: string): SnapshotLine[] {
  return text.split('\n').flatMap((line) => parse(line) ?? []);
}

function parse(line: string): SnapshotLine | undefined {
  if (line === '') return undefined;
  try {
    return snapshotLine.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
