import type { GatewayNode } from './gateway-node.ts';
import { atMost } from './ground/at-most.ts';
import type { Clock } from './ground/clock.ts';
import type { LastingProcesses } from './process/child-process.ts';
import type { SessionRegistry } from './session/session-registry.ts';
import type { WorkerDefinition } from './worker/worker.ts';

type Closable = { close(): Promise<unknown> } | undefined;

/** What runs in a gateway, and has to end in order. */
type Running = {
  /** Aborted for whoever answers without an end. */
  stopping: AbortController;
  configuration: { close(): void };
  retention: { stop(): void };
  samples: { stop(): void };
  /** Of a cluster, if it is one. */
  node: GatewayNode | undefined;
  sessions: Pick<SessionRegistry, 'close' | 'keptProcesses'>;
  sockets: NonNullable<Closable>;
  listener: Closable;
  definitions: readonly Pick<WorkerDefinition, 'close'>[];
  snapshots: { settled(): Promise<void> };
  processes: Pick<LastingProcesses, 'close'>;
  admin: Closable;
  hooks: Closable;
  store: { close(): void };
  clock: Clock;
};

/** How long the last of what happened in sessions may take to get to other nodes, ms. */
const handOverMs = 5_000;

/** Ends a gateway: no more work, then the turns, the agents, the doors and what it keeps. */
export async function closeGateway(
  { keepAgents, drain }: { keepAgents: boolean; drain: () => Promise<void> },
  running: Running,
): Promise<void> {
  const { node, sessions, store, clock } = running;
  running.stopping.abort();
  running.configuration.close();
  running.retention.stop();
  running.samples.stop();
  await drain();
  await sessions.close({ keepAgents });
  await running.sockets.close();
  await running.listener?.close();
  await Promise.all(running.definitions.map((definition) => definition.close?.()));
  await running.snapshots.settled();
  await running.processes.close(keepAgents ? sessions.keptProcesses() : new Set());
  await running.admin?.close();
  await running.hooks?.close();
  if (!node) return store.close();
  await atMost(clock, handOverMs, [node.leave({ keepAgents })]);
  await node.close({ keepAgents });
}
