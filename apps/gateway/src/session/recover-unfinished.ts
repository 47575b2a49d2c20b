import type { Logger } from '../ground/logger.ts';
import type { LastingProcesses } from '../process/child-process.ts';
import type { SessionRecord, SessionStore } from '../store/store.ts';
import { reapUnshared } from './reap-unshared.ts';
import type { Session } from './session.ts';

type RecoverOptions = {
  store: SessionStore;
  processes: Pick<LastingProcesses, 'has' | 'reap' | 'sweep'>;
  logger: Logger;
};

/**
 * Closes honestly what the last gateway left open, goes on with what waits, and ends the processes that nobody goes on
 * with (rules S6, requirement G8).
 */
export function recoverUnfinished(options: RecoverOptions, bring: (record: SessionRecord) => Session): void {
  const { store, processes } = options;
  const swept = processes.sweep(keptProcesses(options));
  for (const record of store.unfinished()) {
    try {
      bring(record).recover(swept);
    } catch (error) {
      // One session, say of an agent this gateway no longer has, does not keep the others from going on.
      leaveUnrecovered(record, error, options);
    }
  }
}

/** Leaves a session as it stands, to be read and deleted, and ends the process that an earlier gateway had for it. */
export function leaveUnrecovered({ id }: SessionRecord, error: unknown, options: RecoverOptions): void {
  const { store, logger } = options;
  logger.error({ session: id, error: String(error) }, 'session not recovered');
  const left = store.worker(id);
  if (left) void reapUnshared({ ...left, sessionId: id }, options);
}

/** The marks of the processes that a gateway may still need. */
export function keptProcesses({
  store,
  processes,
}: Pick<RecoverOptions, 'store' | 'processes'>): Set<string> {
  const found = store.unfinished().flatMap(({ id }) => store.worker(id)?.process ?? []);
  return new Set(found.filter((process) => processes.has(process)).map(({ mark }) => mark));
}
