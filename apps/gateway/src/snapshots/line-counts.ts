import type { FileChange } from './compare.ts';
import type { Entry } from './entry.ts';
import { countLines, type LineCounts, textOf } from './text-diff.ts';

/** Reads the content of one side of a change; undefined if nobody has it. */
export type ContentOf = (entry: Entry, path: string) => Buffer | undefined;

/** As many answers are remembered. */
const mostKnown = 2_000;

/** Lines that came and went in a change, counted once for each pair of contents. */
export class LineCountCache {
  readonly #known = new Map<string, LineCounts>();

  /** `null` for what is no text, or is not held. */
  of(
    { path, before, after }: FileChange,
    contentOf: { before: ContentOf; after: ContentOf },
  ): LineCounts | null {
    const key = `${before?.sha256}:${after?.sha256}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const from = sideOf(path, before, contentOf.before);
    const to = sideOf(path, after, contentOf.after);
    // A content that could not be read may be there the next time.
    if (from === undefined || to === undefined) return null;
    const counts = countLines(from, to);
    if (this.#known.size >= mostKnown) this.#known.clear();
    this.#known.set(key, counts);
    return counts;
  }
}

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
