import type { Clock } from './ground/clock.ts';
import type { Status } from './http/admin-api.ts';
import type { LastingProcesses } from './process/child-process.ts';
import type { SessionRegistry } from './session/session-registry.ts';
import type { SessionStore } from './store/store.ts';

/** What an operator sees of a gateway that starts now. */
export function createStatus({
  version,
  clock,
  store,
  sessions,
  sockets,
  measure,
}: {
  version: string;
  clock: Clock;
  store: SessionStore;
  sessions: SessionRegistry;
  sockets: { readonly size: number };
  measure: LastingProcesses['measure'];
}): () => Promise<Status> {
  const startedAt = clock.elapsed();
  return async () => {
    const working = sessions.working();
    const usages = await measure(working.flatMap(({ workerPid }) => workerPid ?? []));
    return {
      version,
      uptime: Math.floor((clock.elapsed() - startedAt) / 1_000),
      sessions: store.countByState(),
      connections: sockets.size,
      workers: working.flatMap(({ record: { id, workerType, state }, workerPid: pid }) => {
        const usage = pid === undefined ? undefined : usages.get(pid);
        if (pid === undefined || !usage) return [];
        const { processes, memoryBytes: memory_bytes, cpuMs: cpu_ms } = usage;
        return [{ session_id: id, worker_type: workerType, state, pid, processes, memory_bytes, cpu_ms }];
      }),
    };
  };
}
