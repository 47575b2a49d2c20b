import type { Ids } from '../ground/ids.ts';
import { digestOf, type FileChange } from './compare.ts';
import { editedBeside } from './edited-beside.ts';
import { isSame } from './entry.ts';
import type { Guard } from './guard.ts';
import { findMoment, rangeUntilNow, refusal } from './range.ts';
import { type LeftReason, putBack, takeAway } from './restore.ts';
import type { SessionSnapshots } from './session-snapshots.ts';

export type RevertRequest = {
  /** What to go back to: `start`, the id of a turn (before it began), or the name of an undo. */
  to: string;
  /** Default: all files. */
  path?: string;
  /** What the caller saw: the SHA-256 of the file (`null`: none), or of all files the `state`. */
  seen: string | null;
  /** Whether to go on although it is other by now. */
  force?: boolean;
  /** Whether files are left as they are that somebody changed between turns since. */
  keepEdited?: boolean;
  /** Asked right before the first file is written: throws if somebody is at work in the work dir by now. */
  requireQuiet?: () => void;
};

export type Reverted = {
  /** With the SHA-256 that each has now; `null`: it is gone. */
  restored: (Pick<FileChange, 'path' | 'kind'> & { sha256: string | null })[];
  left: { path: string; reason: LeftReason }[];
  /** What to go back to if it was not meant. */
  undo: string;
  /** How all files stand after it. */
  state: string;
};

/**
 * Puts files back as they were. What they are before it is taken down first, so that it can be undone. Throws
 * INVALID_MESSAGE if they are other than the caller saw; what could not be put back is told.
 */
export async function revert(
  own: SessionSnapshots,
  { to, path, seen, force = false, keepEdited = false, requireQuiet }: RevertRequest,
  ids: Ids,
): Promise<Reverted> {
  // What is not known is refused without a trace.
  findMoment(await own.lines(), to);
  // A look names contents that there is no room for, too, as it did for the caller.
  const { index } = await own.look();
  const current = path === undefined ? digestOf(index) : (index.get(path)?.sha256 ?? null);
  if (current !== seen && !force)
    throw refusal('changed', 'this was changed meanwhile: look at it again, or say that it may be lost');
  const undo = `undo_${ids.uuid()}`;
  const now = await own.take({ kind: 'undo', name: undo });
  const { changes } = rangeUntilNow(own, now, to);
  const edited = keepEdited ? editedBeside(now.lines, findMoment(now.lines, to), now.index) : new Set();
  const wanted = changes.filter((change) => path === undefined || change.path === path);
  const restored: Reverted['restored'] = [];
  const left: Reverted['left'] = [];
  // NOTE: nothing is awaited from here to the last file, so that nobody can begin in between.
  requireQuiet?.();
  // What is to go makes room: a file may have been where a folder is now.
  for (const change of wanted.toSorted((a, b) => rank(a) - rank(b))) {
    const wasSeen = force || isSame(index.get(change.path), now.index.get(change.path));
    const kept = edited.has(change.path) ? 'edited' : undefined;
    const reason = wasSeen ? (kept ?? revertOne(own, change, ids)) : 'changed';
    if (reason === undefined) restored.push(toRestored(change));
    else left.push({ path: change.path, reason });
  }
  return { restored, left, undo, state: digestOf((await own.look()).index) };
}

const toRestored = ({ path, kind, before }: FileChange) => ({ path, kind, sha256: before?.sha256 ?? null });

const rank = ({ before }: FileChange): number => (before === undefined ? 0 : 1);

/**
 * Why a file cannot be put back, if so: both the content to go back to and the one that would be lost have to be held, and
 * what the walls mount is never replaced from outside, which would take the mount away in them (B5, F5).
 */
export function reasonToLeave({ path, before, after }: FileChange, guard: Guard): LeftReason | undefined {
  if (guard.isProtected(path)) return 'protected';
  return before?.sha256 === null || after?.sha256 === null ? 'not_held' : undefined;
}

function revertOne(
  { workDir, blobs, guard }: SessionSnapshots,
  change: FileChange,
  ids: Ids,
): LeftReason | undefined {
  const { before, after, path } = change;
  const reason = reasonToLeave(change, guard);
  if (reason !== undefined) return reason;
  if (before === undefined) return takeAway({ workDir, path, now: after });
  const content = before.sha256 === null ? undefined : blobs.get(before.sha256);
  if (!content) return 'not_held';
  return putBack({ workDir, path, now: after }, { content, mode: before.mode, ids });
}
