import type { Clock } from './ground/clock.ts';
import type { Status } from './http/admin-api.ts';
import type { IsolationLevel } from './process/child-process.ts';
import type { SessionRegistry } from './session/session-registry.ts';
import type { SessionStore } from './store/store.ts';
import type { WorkerRegistry } from './worker/registry.ts';

/** What an operator sees of a gateway that starts now. */
export function createStatus({
  version,
  isolation,
  clock,
  store,
  sessions,
  sockets,
  workers,
}: {
  version: string;
  isolation: IsolationLevel;
  clock: Clock;
  store: SessionStore;
  sessions: SessionRegistry;
  sockets: { readonly size: number };
  workers: WorkerRegistry;
}): () => Status {
  const startedAt = clock.elapsed();
  return () => ({
    version,
    isolation,
    uptime: Math.floor((clock.elapsed() - startedAt) / 1_000),
    sessions: store.countByState(),
    connections: sockets.size,
    workers: sessions
      .working()
      .flatMap(({ record: { id, workerType, state }, workerPid: pid }) =>
        pid === undefined
          ? []
          : [
              {
                session_id: id,
                worker_type: workerType,
                state,
                pid,
                isolation: isolationOf(workers, workerType),
              },
            ],
      ),
  });
}

/** A type that is stored need not be offered any more. */
function isolationOf({ definitions }: WorkerRegistry, workerType: string): IsolationLevel {
  return definitions.find(({ type }) => type === workerType)?.isolation ?? 'none';
}
