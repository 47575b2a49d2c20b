import { setImmediate as nextRound } from 'node:timers/promises';
import type { SessionRecord, SessionStore } from '../store/store.ts';
import type { AttachedFiles, WatchedFiles } from './session-options.ts';

/** Removed in one go: a millisecond or two, so that no other session notices. */
const rows = 200;

type Erased = Pick<SessionRecord, 'id' | 'workDir'>;
type Places = {
  store: Pick<SessionStore, 'remove' | 'removePart'>;
  files: Pick<AttachedFiles, 'removeAll'>;
  snapshots: Pick<WatchedFiles, 'removeAll'>;
};

/**
 * Removes the files and snapshots of a session that is deleted, and then all its rows, bit by bit. What a crash leaves
 * over is found by the next retention.
 */
export async function erase({ id, workDir }: Erased, { store, files, snapshots }: Places): Promise<void> {
  files.removeAll(id, workDir);
  await snapshots.removeAll(id);
  while (!store.removePart(id, rows)) await nextRound();
}

/** The same without waiting, for another session that takes its id. */
export function eraseAtOnce({ id, workDir }: Erased, { store, files, snapshots }: Places): void {
  files.removeAll(id, workDir);
  // It waits by itself for this. What cannot be removed now is of the same owner, and goes with it.
  snapshots.removeAll(id).catch(() => {});
  store.remove(id);
}
