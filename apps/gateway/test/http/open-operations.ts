import { localRouter } from '../../src/cluster/router.ts';
import { createNodes } from '../../src/gateway-nodes.ts';
import { createOperations } from '../../src/gateway-operations.ts';
import type { Audit } from '../../src/ground/audit.ts';
import type { Clock } from '../../src/ground/clock.ts';
import type { Metrics } from '../../src/ground/metrics.ts';
import type { Peers } from '../../src/http/admin/peers.ts';
import { LogRing } from '../../src/log-ring.ts';
import { PolicyDecisionRing } from '../../src/policy-decision-ring.ts';
import type { SessionRegistry } from '../../src/session/session-registry.ts';
import type { Store } from '../../src/store/store.ts';
import { createWorkerRegistry } from '../../src/worker/registry.ts';
import type { WorkerDefinition } from '../../src/worker/worker.ts';
import { openReload } from '../support/open-reload.ts';

type Parts = {
  store: Store;
  sessions: SessionRegistry;
  definition: WorkerDefinition;
  clock: Clock;
  audit: Audit;
  metrics: Metrics;
  renderMetrics(): Promise<{ text: string; contentType: string }>;
  /** The nodes beside it; undefined: it is alone. */
  peers?: Peers | undefined;
};

/** What operators may look at and do in a gateway of a test, put together as the gateway does it. */
export function openOperations({ definition, renderMetrics, peers, ...parts }: Parts) {
  const { store, sessions, clock } = parts;
  const configuration = openReload({
    ...parts,
    tree: { db: { path: '/nowhere/hotplex.db' }, admin: { token: 'a-secret-of-ours-0123456789abcdef' } },
  });
  const decisions = new PolicyDecisionRing(10);
  const ring = new LogRing(100);
  const sockets = { size: 6, lags: () => [0, 3, 0] };
  const drained: (number | undefined)[] = [];
  const nodes = createNodes({
    config: configuration.live.current,
    version: '1.2.3',
    sessions,
    sockets,
    clock,
    router: localRouter,
    reported: () => undefined,
  });
  /** Which processes are gone, and what happens while somebody looks at them. */
  const machine: { gone: Set<number>; meanwhile(): void } = { gone: new Set(), meanwhile() {} };
  const operations = createOperations({
    ...{ config: configuration.live.current, live: configuration.live },
    configuration: configuration.reload,
    ...{ version: '1.2.3', isolation: 'sandbox', store, sessions, clock, decisions, logLines: ring },
    ...{ sockets, renderMetrics, nodes: nodes.views, peers: peers ?? nodes.peers },
    database: { type: 'sqlite', bytes: () => 0, freeBytes: () => undefined },
    workers: createWorkerRegistry([definition]),
    processes: {
      async measure(pids) {
        machine.meanwhile();
        const usage = { processes: 2, memoryBytes: 2 ** 20, cpuMs: clock.elapsed() / 2, ageMs: 60_000 };
        return new Map([...pids].filter((pid) => !machine.gone.has(pid)).map((pid) => [pid, usage]));
      },
    },
    drain: (withinMs) => void drained.push(withinMs),
  });
  return { operations, configuration, decisions, ring, sockets, machine, drained };
}
