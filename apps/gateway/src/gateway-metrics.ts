import { statSync } from 'node:fs';
import { isActive, sessionStates } from '@hotplex/aep-protocol';
import type { GatewayNode } from './gateway-node.ts';
import type { LabelsOf } from './ground/metric-table.ts';
import { sum } from './ground/sum.ts';
import type { Operations } from './http/admin/operator-routes.ts';
import { ProcessFolder } from './process/process-folder.ts';
import type { Reading } from './prometheus.ts';
import type { SessionRegistry } from './session/session-registry.ts';
import type { SessionStore } from './store/store.ts';

type ReadingOptions = {
  store: Pick<SessionStore, 'countByState' | 'worker'>;
  sessions: Pick<SessionRegistry, 'working'>;
  sockets: { readonly size: number; lags(): number[] };
  /** Of a cluster, if it is one: what it does not work for others count. */
  node?: Pick<GatewayNode, 'standing' | 'countByState'> | undefined;
  operations: Pick<Operations, 'workers' | 'databaseBytes' | 'databaseFreeBytes' | 'pool'>;
};

/** Looks at what can be looked at: how the gauges stand now. */
export async function readGauges({
  store,
  sessions,
  sockets,
  node,
  operations,
}: ReadingOptions): Promise<Reading> {
  const counts = (node ?? store).countByState();
  const workers = await operations.workers();
  const working = sessions.working();
  const lags = sockets.lags();
  const free = operations.databaseFreeBytes();
  const spools = working.map(({ record }) => spoolLag(store.worker(record.id)));
  const byType = (value: (worker: (typeof workers)[number]) => number) =>
    [...Map.groupBy(workers, (worker) => worker.worker_type)].map(([type, of]) => ({
      labels: { worker_type: type },
      value: sum(of.map(value)),
    }));
  return {
    sessions_active: sessionStates
      .filter(isActive)
      .map((state) => ({ labels: { state }, value: counts[state] ?? 0 })),
    session_queue_depth: one(sum(working.map(({ queue }) => queue.length))),
    workers_running: byType(() => 1),
    worker_memory_bytes: byType((worker) => worker.memory_bytes),
    worker_cpu_seconds: byType((worker) => worker.cpu_ms / 1_000),
    worker_spool_lag_bytes: one(Math.max(0, ...spools)),
    pool_utilization_ratio: one(working.length / operations.pool.limits.max),
    gateway_connections_open: one(sockets.size),
    gateway_client_lag_events: one(lags.reduce((most, lag) => Math.max(most, lag), 0)),
    gateway_clients_behind: one(lags.filter((lag) => lag > 0).length),
    ...clusterGauges(node?.standing()),
    database_size_bytes: one(operations.databaseBytes()),
    database_free_bytes: free === undefined ? [] : one(free),
  };
}

const one = (value: number): { labels: LabelsOf<'gateway_connections_open'>; value: number }[] => [
  { labels: {}, value },
];

function clusterGauges(standing: ReturnType<GatewayNode['standing']> | undefined) {
  if (!standing)
    return {
      cluster_nodes: [],
      cluster_lease_held: [],
      cluster_unsettled_bytes: [],
      cluster_unsettled_seconds: [],
    };
  const { nodes, isHeld, unsettled } = standing;
  return {
    cluster_nodes: one(nodes),
    cluster_lease_held: one(isHeld ? 1 : 0),
    cluster_unsettled_bytes: one(unsettled.bytes),
    cluster_unsettled_seconds: one(unsettled.ms / 1_000),
  };
}

/** Bytes that an agent has written and that are not in the log yet; 0 for one without a spool. */
function spoolLag(worker: ReturnType<SessionStore['worker']>): number {
  if (!worker) return 0;
  const { stdout } = new ProcessFolder(worker.process.folder);
  const written = statSync(stdout, { throwIfNoEntry: false })?.size ?? 0;
  return Math.max(0, written - worker.offset);
}
