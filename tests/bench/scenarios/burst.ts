import { compareLoad, loadColumns } from '../compare-load.ts';
import type { Scenario } from './scenario.ts';

const full = 100;
const rate = 100;
const seconds = 4;
const toCase = (sessions: number) => `${sessions} × 50 at once`;
const name = toCase(full);

/** Agents that are silent and then say much at once. */
export const burst: Scenario = {
  name: 'burst',
  title: 'Bursts',
  about: `${full} agents write 50 pieces of text at once, twice a second.`,
  columns: loadColumns,
  bars: [
    {
      ...{ says: 'CPU per event, bursts, by plain Node’s', case: name },
      ...{ figure: 'cpuPerEvent', by: 'plain-node', atMost: 2 },
    },
    {
      ...{ says: 'CPU per event, bursts, by the C relay’s', case: name },
      ...{ figure: 'cpuPerEvent', by: 'c-relay', atMost: 3 },
    },
  ],
  async *measure(bench) {
    const load = { pieces: rate * (bench.quick ? 2 : seconds), rate, burst: 50, spreadMs: 200 };
    const sessions = bench.quick ? full / 5 : full;
    yield* compareLoad(bench, { case: toCase(sessions), sessions, load });
  },
};
