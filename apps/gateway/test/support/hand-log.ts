import type { SharedLog, SharedOutcome, SharedWrite } from '../../src/store/shared-log.ts';
import type { Store } from '../../src/store/store.ts';

type Owner = { fence: number; written: number };
type Batch = { writes: readonly SharedWrite[]; answer: PromiseWithResolvers<readonly SharedOutcome[]> };

/** A log over a store, for one node or more, that takes and answers what was sent only when a test says so. */
export function createHandLog(shared: Store) {
  const owners = new Map<string, Owner>();
  const batches: Batch[] = [];

  /** Makes the caller the owner; returns the fence. */
  function claim(sessionId: string): number {
    const fence = (owners.get(sessionId)?.fence ?? 0) + 1;
    owners.set(sessionId, { fence, written: 0 });
    return fence;
  }

  function take(write: SharedWrite): SharedOutcome {
    const owner = owners.get(write.sessionId);
    if (owner?.fence !== write.fence) return 'fenced';
    if (write.number <= owner.written) return 'stored';
    if (write.number !== owner.written + 1) return 'refused';
    owner.written = write.number;
    if (write.kind === 'create') shared.create(write.record, write.commit);
    else if (write.kind === 'fork') shared.fork(write.record, write.from, write.commit);
    else shared.commit(write.sessionId, write.commit, write.now);
    return 'stored';
  }

  const log: SharedLog = {
    append(writes) {
      const answer = Promise.withResolvers<readonly SharedOutcome[]>();
      batches.push({ writes, answer });
      return answer.promise;
    },
  };

  return {
    log,
    claim,
    /** How many batches were sent and not answered. */
    get sent(): readonly (readonly SharedWrite[])[] {
      return batches.map(({ writes }) => writes);
    },
    /** The oldest batch is stored and answered; or it fails, before or after it was stored. */
    async answer(how: 'stored' | 'failed' | 'stored and lost' = 'stored'): Promise<void> {
      const batch = batches.shift();
      if (!batch) return;
      const outcomes = how === 'failed' ? [] : batch.writes.map(take);
      if (how === 'stored') batch.answer.resolve(outcomes);
      else batch.answer.reject(new Error(`the database is away: ${how}`));
      await new Promise(setImmediate);
    },
  };
}
