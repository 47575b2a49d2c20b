import type { Commit, SessionRecord } from '../../../apps/gateway/src/store/store.ts';

/** What a session has stored: itself, or a step. */
export type Write = { record: SessionRecord } | { sessionId: string; commit: Commit; now: number };

/** A way to have writes stored. */
export type HandOver = AsyncDisposable & {
  /** Resolves when all of them are stored; what follows from them may be told then. One call at a time. */
  store(writes: readonly Write[]): Promise<void>;
};

/** Of the memory that both threads see: the words for what was asked last, what was done and how long it is, and where it begins. */
export const shared = { asked: 0, done: 1, length: 2, head: 12, size: 1 << 20 } as const;

/** What a thread that stores is given. */
export type Asking = { path: string; memory?: SharedArrayBuffer };
