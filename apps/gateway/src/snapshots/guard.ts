import { hashOf } from './blobs.ts';
import type { FileChange } from './compare.ts';
import type { Entry } from './entry.ts';

/** What of a work dir agents may not write, because tools obey it (B5, F5). */
export type Guard = {
  /** Whether a path in the work dir is, or lies in, such a place, or is a file where its folder belongs. */
  isProtected(path: string): boolean;
  /** What the walls put where such a file is missing. */
  placeholder(path: string): string;
};

/** Whether only what holds a place came or went: nobody's change. */
export function isOnlyPlaceholder(guard: Guard, { path, before, after }: Omit<FileChange, 'kind'>): boolean {
  const placeholder = hashOf(Buffer.from(guard.placeholder(path)));
  const isNothing = (entry: Entry | undefined) => entry === undefined || entry.sha256 === placeholder;
  // The contents come first: they are quicker to compare than names.
  return isNothing(before) && isNothing(after) && guard.isProtected(path);
}
