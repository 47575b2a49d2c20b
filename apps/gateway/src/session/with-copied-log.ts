import { setImmediate as nextRound } from 'node:timers/promises';
import type { SessionRecord, SessionStore } from '../store/store.ts';

/** Copied in one go: about two milliseconds, so that no other session notices. */
const rows = 500;

type CopiedLog = {
  store: Pick<SessionStore, 'copyPart' | 'removePart'>;
  /** The session that is to begin with the log of `from`. */
  record: SessionRecord;
  from: string;
  /** Throws if by now it may not be made any more. */
  requireStill(): void;
  /** Makes it, with the rest of the log. */
  finish(): void;
};

/** Copies a long log bit by bit before a session is made that begins with it. Throws what `requireStill` and `finish` do, and then nothing is left of it. */
export async function withCopiedLog({ store, record, from, requireStill, finish }: CopiedLog): Promise<void> {
  try {
    while (store.copyPart?.(record, from, rows) === false) {
      await nextRound();
      requireStill();
    }
    finish();
  } catch (error) {
    // What cannot be removed now, say on a full disk, is found by the first retention of the next gateway.
    await remove(record.id, store).catch(() => {});
    throw error;
  }
}

async function remove(id: string, { removePart }: Pick<SessionStore, 'removePart'>): Promise<void> {
  while (!removePart(id, rows)) await nextRound();
}
