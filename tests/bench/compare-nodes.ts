import { openCluster } from '../support/open-cluster.ts';
import { type RunningGateway, startGateway } from '../support/start-gateway.ts';
import { type ClusterFigures, measureClusterLoad } from './measure-cluster-load.ts';
import type { Load } from './open-client.ts';
import { markdownTable } from './report/markdown-table.ts';
import { showSpread } from './report/show-spread.ts';
import { buildRig } from './rig.ts';
import { spreadOf } from './statistics.ts';
import { benchEnvironment } from './subjects/hotplex.ts';

/** Which nodes, and whether clients are at another one than their session. */
const cases = [
  { title: 'one gateway with a file', nodes: 0, isElsewhere: false },
  { title: 'one node', nodes: 1, isElsewhere: false },
  { title: 'two nodes', nodes: 2, isElsewhere: false },
  { title: 'three nodes', nodes: 3, isElsewhere: false },
  { title: 'three nodes, clients at another one', nodes: 3, isElsewhere: true },
];

/** All cases have as many sessions, and these are divided among the nodes. */
const sessions = 60;

const loads: Record<string, Load> = {
  '60 × 10/s': { pieces: 40, rate: 10, spreadMs: 200 },
  'as fast as they can': { pieces: 2_000, rate: 0 },
};

const columns: { title: string; figure: keyof ClusterFigures; digits: number }[] = [
  { title: 'CPU, µs/event', figure: 'cpuPerEvent', digits: 0 },
  { title: 'events/s', figure: 'eventsPerSecond', digits: 0 },
  { title: 'p50, ms', figure: 'latencyP50Ms', digits: 2 },
  { title: 'p99, ms', figure: 'latencyP99Ms', digits: 2 },
];

/** Prints what the same sessions cost one, two and three nodes of a cluster on this machine, and how late their clients are. */
export async function compareNodes({ times }: { times: number }): Promise<void> {
  using rig = buildRig();
  for (const [name, load] of Object.entries(loads)) {
    const rows: string[][] = [];
    for (const { title, nodes, isElsewhere } of cases) {
      await using started = await startNodes(nodes, benchEnvironment(rig));
      const figures = await measureClusterLoad(rig, {
        ...{ nodes: started.nodes, sessions, load, isElsewhere, times },
      });
      rows.push([title, ...columns.map((column) => cell(figures, column))]);
      console.log(name, rows.at(-1)?.join(' | '));
    }
    const head = [name, ...columns.map((column) => column.title)];
    console.log(`\n${markdownTable({ head, rows, words: 1 })}\n`);
  }
}

/** None: a gateway alone, with its file. */
async function startNodes(
  count: number,
  env: Record<string, string>,
): Promise<AsyncDisposable & { nodes: RunningGateway[] }> {
  if (count === 0) {
    const alone = await startGateway({ env });
    return { nodes: [alone], [Symbol.asyncDispose]: () => alone[Symbol.asyncDispose]() };
  }
  const cluster = await openCluster();
  const nodes: RunningGateway[] = [];
  for (let index = 0; index < count; index += 1)
    nodes.push(await cluster.startNode(`node-${index}`, { ...env, HOTPLEX_CLUSTER_LEASE: '10s' }));
  return { nodes, [Symbol.asyncDispose]: () => cluster[Symbol.asyncDispose]() };
}

function cell(figures: readonly ClusterFigures[], { figure, digits }: (typeof columns)[number]): string {
  const spread = spreadOf(figures.map((each) => each[figure]));
  return showSpread(spread, { digits, isOne: figures.length === 1 });
}
