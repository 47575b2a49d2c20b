import type { Clock } from '../ground/clock.ts';
import type { Logger } from '../ground/logger.ts';
import type { LastingProcesses } from '../process/child-process.ts';
import type { SessionRecord, SessionStore } from '../store/store.ts';
import { reapUnshared } from './reap-unshared.ts';
import { Release } from './release.ts';

type DeleteOptions = {
  store: SessionStore;
  processes: Pick<LastingProcesses, 'has' | 'reap'>;
  clock: Clock;
  logger: Logger;
};

/**
 * Deletes a session that nobody follows and in which nothing runs; it may even be of an agent that this gateway no longer
 * has. Its rows are still there.
 */
export async function deleteResting({ id, state }: SessionRecord, options: DeleteOptions): Promise<void> {
  const { store, clock } = options;
  if (state === 'deleted') return;
  const left = store.worker(id);
  if (left) await reapUnshared({ ...left, sessionId: id }, options);
  store.commit(id, { session: { state: 'deleted' } }, clock.now());
  await new Release({ ...options, sessionId: id, onLost: () => {} }).settled();
}
