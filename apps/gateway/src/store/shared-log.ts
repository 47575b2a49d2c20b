import type { Commit, SessionRecord } from './store.ts';

/** What one call to a node's own store changed, for the database that all nodes share. */
export type SharedWrite = {
  sessionId: string;
  /** Of the owner that writes: it is stored only while the session is that owner's. */
  fence: number;
  /** Counts this owner's writes to this session, from 1 and without a gap: one that is sent twice is stored once. */
  number: number;
} & SharedChange;

export type SharedChange =
  | { kind: 'create'; record: SessionRecord; commit: Commit }
  | { kind: 'fork'; record: SessionRecord; from: string; commit: Commit }
  | { kind: 'commit'; commit: Commit; now: number };

/**
 * `stored`: now, or before if it was sent twice. `fenced`: the session is another owner's, and nothing of it was stored.
 * `refused`: it cannot be stored, now or ever, and nothing of it was; what that owner writes to the session after it is
 * refused, too.
 */
export type SharedOutcome = 'stored' | 'fenced' | 'refused';

/** Where all nodes write what happens in their sessions. */
export interface SharedLog {
  /**
   * Stores them in their order, each as a whole; resolves with what came of each. Rejects if that is not known: then some
   * or all may be stored, and the same writes are to be sent again.
   */
  append(writes: readonly SharedWrite[]): Promise<readonly SharedOutcome[]>;
}
