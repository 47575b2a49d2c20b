import type { Clock } from './ground/clock.ts';
import type { Status } from './http/admin-api.ts';
import type { SessionRegistry } from './session/session-registry.ts';
import type { SessionStore } from './store/store.ts';

/** What an operator sees of a gateway that starts now. */
export function createStatus({
  version,
  clock,
  store,
  sessions,
  sockets,
}: {
  version: string;
  clock: Clock;
  store: SessionStore;
  sessions: SessionRegistry;
  sockets: { readonly size: number };
}): () => Status {
  const startedAt = clock.elapsed();
  return () => ({
    version,
    uptime: Math.floor((clock.elapsed() - startedAt) / 1_000),
    sessions: store.countByState(),
    connections: sockets.size,
    workers: sessions
      .working()
      .flatMap(({ record: { id, workerType, state }, workerPid: pid }) =>
        pid === undefined ? [] : [{ session_id: id, worker_type: workerType, state, pid }],
      ),
  });
}
