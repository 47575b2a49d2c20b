import type { Clock } from './ground/clock.ts';
import type { Status } from './http/admin-api.ts';
import type { IsolationLevel, LastingProcesses } from './process/child-process.ts';
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
  measure,
}: {
  version: string;
  isolation: IsolationLevel;
  clock: Clock;
  store: SessionStore;
  sessions: SessionRegistry;
  sockets: { readonly size: number };
  workers: WorkerRegistry;
  measure: LastingProcesses['measure'];
}): () => Promise<Status> {
  const startedAt = clock.elapsed();
  return async () => {
    const working = sessions.working();
    const usages = await measure(working.flatMap(({ workerPid }) => workerPid ?? []));
    return {
      version,
      isolation,
      uptime: Math.floor((clock.elapsed() - startedAt) / 1_000),
      sessions: store.countByState(),
      connections: sockets.size,
      workers: working.flatMap(({ record: { id, workerType, state }, workerPid: pid }) => {
        const usage = pid === undefined ? undefined : usages.get(pid);
        if (pid === undefined || !usage) return [];
        const { processes, memoryBytes: memory_bytes, cpuMs: cpu_ms } = usage;
        const worker = { session_id: id, worker_type: workerType, state, pid };
        const level = isolationOf(workers, workerType);
        return [{ ...worker, isolation: level, processes, memory_bytes, cpu_ms }];
      }),
    };
  };
}

/** A type that is stored need not be offered any more. */
function isolationOf({ definitions }: WorkerRegistry, workerType: string): IsolationLevel {
  return definitions.find(({ type }) => type === workerType)?.isolation ?? 'none';
}
