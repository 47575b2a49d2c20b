import type { IsolationLevel } from '@hotplex/aep-protocol';
import type { Clock } from './ground/clock.ts';
import type { Status, WorkerReport } from './http/admin/status.ts';
import type { LastingProcesses } from './process/child-process.ts';
import type { SessionRegistry } from './session/session-registry.ts';
import type { SessionStore } from './store/store.ts';

type StatusOptions = {
  version: string;
  isolation: IsolationLevel;
  clock: Clock;
  /** Of the sessions that it works for. */
  countByState: SessionStore['countByState'];
  sessions: Pick<SessionRegistry, 'working'>;
  sockets: { readonly size: number };
  measure: LastingProcesses['measure'];
};

/** What an operator sees of a gateway that starts now. */
export function createStatus({
  version,
  isolation,
  clock,
  countByState,
  sessions,
  sockets,
  measure,
}: StatusOptions): {
  status(): Promise<Status>;
  workers(): Promise<WorkerReport[]>;
  /** Seconds. */
  uptime(): number;
} {
  const startedAt = clock.elapsed();
  const shareOf = createCpuShares(clock);
  const uptime = () => Math.floor((clock.elapsed() - startedAt) / 1_000);
  const workers = async () => {
    const working = sessions.working();
    const usages = await measure(working.flatMap(({ workerPid }) => workerPid ?? []));
    const shares = shareOf(usages);
    return working.flatMap(({ record, workerPid: pid, isolation }) => {
      const usage = pid === undefined ? undefined : usages.get(pid);
      if (pid === undefined || !usage) return [];
      const { processes, memoryBytes: memory_bytes, cpuMs: cpu_ms, ageMs: age_ms } = usage;
      const { id, ownerId, workerType, state } = record;
      const worker = { session_id: id, owner_id: ownerId, worker_type: workerType, state, pid };
      const cpu_percent = shares.get(pid) ?? null;
      return [{ ...worker, isolation, processes, memory_bytes, cpu_ms, cpu_percent, age_ms }];
    });
  };
  return {
    uptime,
    workers,
    status: async () => ({
      version,
      isolation,
      uptime: uptime(),
      sessions: countByState(),
      connections: sockets.size,
      workers: await workers(),
    }),
  };
}

/** Percent of one processor that each process used since the look before; at its first look a process has no share. */
function createCpuShares(clock: Clock) {
  let before = new Map<number, number>();
  let lookedAt = clock.elapsed();
  return (usages: ReadonlyMap<number, { cpuMs: number }>): Map<number, number> => {
    const now = clock.elapsed();
    const passed = Math.max(1, now - lookedAt);
    const shares = [...usages].flatMap(([pid, { cpuMs }]): [number, number][] => {
      const earlier = before.get(pid);
      return earlier === undefined ? [] : [[pid, Math.max(0, ((cpuMs - earlier) / passed) * 100)]];
    });
    before = new Map([...usages].map(([pid, { cpuMs }]) => [pid, cpuMs]));
    lookedAt = now;
    return new Map(shares);
  };
}
