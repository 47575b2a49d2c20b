import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FileChange } from './compare.ts';
import type { Entry } from './entry.ts';
import { countLines, type LineCounts, textOf } from './text-diff.ts';

/** Reads the content of one side of a change; undefined if nobody has it. */
export type ContentOf = (entry: Entry, path: string) => Buffer | undefined;

/** As many answers are remembered. */
const mostKnown = 2_000;

/** How long the files of one look may be counted (milliseconds). */
const patienceMs = 1_000;

type Sides = { before: ContentOf; after: ContentOf };

/** Lines that came and went in a change, counted once for each pair of contents. */
export class LineCountCache {
  readonly #known = new Map<string, LineCounts>();

  /**
   * Of each change: `null` for what is no text, is not held, or could not be counted in time. Everybody else has their turn
   * after each file. `elapsed` is monotonic, in milliseconds.
   */
  async ofAll(
    changes: readonly FileChange[],
    { contentOf, elapsed }: { contentOf: Sides; elapsed(): number },
  ): Promise<(LineCounts | null)[]> {
    const deadline = elapsed() + patienceMs;
    const counts: (LineCounts | null)[] = [];
    for (const change of changes) {
      const known = this.#known.get(keyOf(change));
      const mayCount = known === undefined && elapsed() < deadline;
      counts.push(known ?? (mayCount ? this.#count(change, contentOf) : null));
      if (mayCount) await nextTurn();
    }
    return counts;
  }

  #count(change: FileChange, contentOf: Sides): LineCounts | null {
    const { path, before, after } = change;
    const from = sideOf(path, before, contentOf.before);
    const to = sideOf(path, after, contentOf.after);
    // A content that could not be read may be there the next time.
    if (from === undefined || to === undefined) return null;
    const counts = countLines(from, to);
    const [oldest] = this.#known.keys();
    if (oldest !== undefined && this.#known.size >= mostKnown) this.#known.delete(oldest);
    this.#known.set(keyOf(change), counts);
    return counts;
  }
}

const keyOf = ({ before, after }: FileChange): string => `${before?.sha256}:${after?.sha256}`;

/** The text of one side: `null` if there is no file, undefined if it is no text or not held. */
export function sideOf(
  path: string,
  entry: Entry | undefined,
  contentOf: ContentOf,
): string | null | undefined {
  if (entry === undefined) return null;
  const content = contentOf(entry, path);
  return content && textOf(content);
}
