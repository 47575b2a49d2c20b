// pnpm bench:cluster [--times N] [--lease 10s]
import { parseArgs } from 'node:util';
import { openCluster } from '../support/open-cluster.ts';
import { type Leaving, measureTakeover } from './measure-takeover.ts';
import { markdownTable } from './report/markdown-table.ts';
import { median } from './statistics.ts';

const { values } = parseArgs({
  options: { times: { type: 'string', default: '9' }, lease: { type: 'string', default: '10s' } },
});
const env = { DEMO_PACE: '0', HOTPLEX_CLUSTER_LEASE: values.lease };

const ways: Record<string, Leaving> = {
  'a node is killed (SIGKILL)': 'SIGKILL',
  'a node is stopped in order (SIGTERM)': 'SIGTERM',
  'a node stands still (SIGSTOP)': 'SIGSTOP',
};

await using cluster = await openCluster();
const staying = await cluster.startNode('staying', env);
const rows: string[][] = [];
for (const [name, leaving] of Object.entries(ways)) {
  const times: number[] = [];
  for (let time = 0; time < Number(values.times); time += 1)
    times.push(await measureTakeover(cluster, { staying, leaving, env }));
  const [middle, worst] = [median(times), Math.max(...times)].map((ms) => `${(ms / 1_000).toFixed(2)} s`);
  rows.push([name, middle ?? '', worst ?? '', String(times.length)]);
  console.log(name, times.map(Math.round).join(' '));
}
const head = [`lease ${values.lease}`, 'median', 'worst', 'of'];
console.log(`\n${markdownTable({ head, rows, words: 1 })}`);
