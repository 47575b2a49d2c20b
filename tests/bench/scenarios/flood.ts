import { compareLoad, loadColumns } from '../compare-load.ts';
import type { Bar, Scenario } from './scenario.ts';

const events = 400_000;
const sizes = [1, 10, 100, 1_000];
const toCase = (sessions: number) => (sessions === 1 ? '1 session' : `${sessions} sessions`);

/** Agents that write as fast as they can. */
export const flood: Scenario = {
  name: 'flood',
  title: 'Flood',
  about:
    'Agents write as fast as they can, all at the same time. What counts is what an event costs: how long it is on its way ' +
    'says only how much was written before it.',
  columns: loadColumns.filter(({ title }) => !title.startsWith('p')),
  bars: sizes.flatMap((sessions): Bar[] => {
    const bar = { case: toCase(sessions), figure: 'cpuPerEvent' };
    const says = `CPU per event, flood of ${toCase(sessions)}`;
    return [
      { ...bar, says: `${says}, by plain Node’s`, by: 'plain-node', atMost: 2 },
      { ...bar, says: `${says}, by the C relay’s`, by: 'c-relay', atMost: 3 },
    ];
  }),
  drawn: [{ figure: 'cpuPerEvent', title: 'Flood: CPU per event, µs', digits: 1 }],
  async *measure(bench) {
    for (const sessions of bench.quick ? [10] : sizes) {
      const pieces = (bench.quick ? events / 10 : events) / sessions;
      yield* compareLoad(bench, { case: toCase(sessions), sessions, load: { pieces, rate: 0 } });
    }
  },
};
