import { openCluster } from '../support/open-cluster.ts';
import { type Leaving, measureTakeover } from './measure-takeover.ts';
import { markdownTable } from './report/markdown-table.ts';
import { median } from './statistics.ts';

const ways: Record<string, Leaving> = {
  'a node is killed (SIGKILL)': 'SIGKILL',
  'a node is stopped in order (SIGTERM)': 'SIGTERM',
  'a node stands still (SIGSTOP)': 'SIGSTOP',
};

/** Prints how long a prompt has to wait whose node went away, by the way in which it went. */
export async function compareTakeovers({ times, lease }: { times: number; lease: string }): Promise<void> {
  const env = { DEMO_PACE: '0', HOTPLEX_CLUSTER_LEASE: lease };
  await using cluster = await openCluster();
  const staying = await cluster.startNode('staying', env);
  const rows: string[][] = [];
  for (const [name, leaving] of Object.entries(ways)) {
    const took: number[] = [];
    for (let time = 0; time < times; time += 1)
      took.push(await measureTakeover(cluster, { staying, leaving, env }));
    const [middle, worst] = [median(took), Math.max(...took)].map((ms) => `${(ms / 1_000).toFixed(2)} s`);
    rows.push([name, middle ?? '', worst ?? '', String(took.length)]);
    console.log(name, took.map(Math.round).join(' '));
  }
  const head = [`lease ${lease}`, 'median', 'worst', 'of'];
  console.log(`\n${markdownTable({ head, rows, words: 1 })}\n`);
}
