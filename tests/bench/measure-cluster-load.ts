import { sum } from '../../apps/gateway/src/ground/sum.ts';
import type { RunningGateway } from '../support/start-gateway.ts';
import { processorMs } from './look-at-processes.ts';
import { type BenchClient, type Load, openClient } from './open-client.ts';
import type { Rig } from './rig.ts';
import { speakToHotplex } from './subjects/hotplex.ts';

/** What a load cost all nodes together, and how late its clients had it. */
export type ClusterFigures = {
  /** Microseconds. */
  cpuPerEvent: number;
  eventsPerSecond: number;
  latencyP50Ms: number;
  latencyP99Ms: number;
};

type ClusterLoad = {
  nodes: readonly RunningGateway[];
  /** How many sessions all nodes have together, as many each. */
  sessions: number;
  load: Load;
  /** Whether each session's client is at another node than the session. */
  isElsewhere: boolean;
  times: number;
};

/** Sessions with a client each, over some nodes: the same turn of all of them, as often as is wanted, after one that warms up. */
export async function measureClusterLoad(
  rig: Rig,
  { nodes, sessions, load, isElsewhere, times }: ClusterLoad,
): Promise<ClusterFigures[]> {
  const each = sessions / nodes.length;
  await using stack = new AsyncDisposableStack();
  const open = (node: RunningGateway, name: string) =>
    openClient(rig, { ...subject(node), ...speakToHotplex(name) }, each);
  const clients: BenchClient[] = [];
  for (const [index, node] of nodes.entries()) {
    const name = `of-${index}`;
    // A session is the node's at which it begins; whoever comes to another one after that is led to it.
    if (isElsewhere) await (await open(node, name))[Symbol.asyncDispose]();
    const at = isElsewhere ? nodes[(index + 1) % nodes.length] : node;
    clients.push(stack.use(await open(at ?? node, name)));
  }
  const turn = () => Promise.all(clients.map((client) => client.turn(load)));
  await turn();
  const figures: ClusterFigures[] = [];
  for (let time = 0; time < times; time += 1) {
    const before = sum(nodes.map(used));
    const turns = await turn();
    const cpuMs = sum(nodes.map(used)) - before;
    figures.push({
      cpuPerEvent: (cpuMs * 1_000) / (sessions * load.pieces),
      eventsPerSecond: sum(turns.map(({ events, seconds }) => events / seconds)),
      latencyP50Ms: Math.max(...turns.map(({ latencyP50 }) => latencyP50)) / 1_000,
      latencyP99Ms: Math.max(...turns.map(({ latencyP99 }) => latencyP99)) / 1_000,
    });
  }
  return figures;
}

const subject = ({ port, process: { pid = 0 } }: RunningGateway) => ({ port, pid });
const used = ({ process: { pid = 0 } }: RunningGateway): number => processorMs(pid);
