import { z } from 'zod';

/** What is known of one file. */
export const entry = z.object({
  /** Bytes. */
  size: z.number(),
  mtimeMs: z.number(),
  ctimeMs: z.number(),
  /** It had been touched so short before it was read that its times prove nothing. */
  isYoung: z.boolean().optional(),
  ino: z.number(),
  mode: z.number(),
  /** Of its content; `null` if that is not held. */
  sha256: z.string().nullable(),
  /** Why its content is not held. */
  why: z.enum(['too_large', 'full', 'secret', 'unreadable']).optional(),
});
export type Entry = z.infer<typeof entry>;

/** Files by their path in the work dir, with `/` between the names. */
export type Index = ReadonlyMap<string, Entry>;

type Times = Pick<Entry, 'size' | 'mtimeMs' | 'ctimeMs' | 'ino'>;

/** Whether it is the same file with the same content, as far as the system says. */
export function isUntouched(known: Entry, now: Times): boolean {
  return (
    !known.isYoung &&
    known.size === now.size &&
    known.mtimeMs === now.mtimeMs &&
    known.ctimeMs === now.ctimeMs &&
    known.ino === now.ino
  );
}

/** Whether somebody is writing it this moment: a file system may cut it off before it stamps it. */
export function isBeingWritten(known: Entry, now: Times): boolean {
  return known.ino === now.ino && known.ctimeMs === now.ctimeMs && known.size !== now.size;
}

/** Whether the content, or the right to run it, is another. What is not held is judged by size and time. */
export function isSame(a: Entry | undefined, b: Entry | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if ((a.mode & 0o111) !== (b.mode & 0o111)) return false;
  if (a.sha256 !== null && b.sha256 !== null) return a.sha256 === b.sha256;
  return a.size === b.size && a.mtimeMs === b.mtimeMs;
}
