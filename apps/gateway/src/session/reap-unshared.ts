import type { LastingProcesses } from '../process/child-process.ts';
import type { SessionStore, WorkerRecord } from '../store/store.ts';
import { agrees } from './take-over.ts';

type Parts = { store: SessionStore; processes: Pick<LastingProcesses, 'reap'> };

/**
 * Ends the process that an earlier gateway had for this session; resolves when it is gone. One that sessions share stays
 * as long as another of them goes on in it.
 */
export async function reapUnshared(
  { process, sessionId }: Pick<WorkerRecord, 'process'> & { sessionId: string },
  { store, processes }: Parts,
): Promise<void> {
  const isNeeded = store.unfinished().some((other) => {
    const worker = other.id === sessionId ? undefined : store.worker(other.id);
    return worker?.process.mark === process.mark && agrees(worker, other);
  });
  if (!isNeeded) await processes.reap(process);
}
