import { compareLoad, loadColumns } from '../compare-load.ts';
import type { Scenario } from './scenario.ts';

const seconds = 4;
const cases = [
  { sessions: 1, rate: 20 },
  { sessions: 100, rate: 20 },
  { sessions: 500, rate: 10 },
  { sessions: 1_000, rate: 10 },
];
const middle = '500 × 10/s';
const large = '1000 × 10/s';

/** Agents that write as models speak. */
export const paced: Scenario = {
  name: 'paced',
  title: 'At the pace of models',
  about:
    'Agents write as fast as models speak, out of step with each other. What counts is how much later than the agent wrote it ' +
    'a client has a piece of text.',
  columns: loadColumns,
  bars: [
    {
      ...{ says: `added latency p50, ${middle}, by plain Node’s`, case: middle },
      ...{ figure: 'latencyP50Ms', by: 'plain-node', atMost: 1.5 },
    },
    {
      ...{ says: `added latency p99, ${middle}, by plain Node’s`, case: middle },
      ...{ figure: 'latencyP99Ms', by: 'plain-node', atMost: 2 },
    },
    { says: `added latency p99, ${large}, ms`, case: large, figure: 'latencyP99Ms', atMost: 20 },
  ],
  drawn: [
    { figure: 'latencyP50Ms', title: 'Added latency, median, ms', digits: 2 },
    { figure: 'latencyP99Ms', title: 'Added latency, 99 of 100, ms', digits: 2 },
  ],
  async *measure(bench) {
    for (const { sessions, rate } of bench.quick ? [{ sessions: 50, rate: 10 }] : cases) {
      const load = { pieces: rate * (bench.quick ? 2 : seconds), rate, spreadMs: 200 };
      yield* compareLoad(bench, { case: `${sessions} × ${rate}/s`, sessions, load });
    }
  },
};
