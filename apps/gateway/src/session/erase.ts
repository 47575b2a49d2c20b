import { setImmediate as nextRound } from 'node:timers/promises';
import type { SessionStore } from '../store/store.ts';

/** Removed in one go: a millisecond or two, so that no other session notices. */
const rows = 200;

/** Removes all rows of a session that is deleted, bit by bit. What a crash leaves over is found by the next retention. */
export async function erase(store: Pick<SessionStore, 'removePart'>, sessionId: string): Promise<void> {
  while (!store.removePart(sessionId, rows)) await nextRound();
}
