import { grow } from '../long/grow.ts';
import { openNamedSession } from '../long/named-session.ts';
import { startHotplex } from '../subjects/hotplex.ts';
import type { Scenario } from './scenario.ts';

const events = 1_000_000;
const parts = 10;
const name = (from: number, to: number) => `${from.toLocaleString('en')}–${to.toLocaleString('en')}`;

/** What an event costs in a session that grows and grows. */
export const growth: Scenario = {
  name: 'growth',
  title: 'A session that grows',
  about:
    `An agent writes as fast as it can, turn after turn, until its session has ${events.toLocaleString('en')} events. Every second piece of text ` +
    'is a thought, so that no two are one event. What counts is that the last ones cost no more than the first.',
  columns: [
    { title: 'CPU, µs/event', figure: 'cpuPerEvent', digits: 1 },
    { title: 'events/s', figure: 'eventsPerSecond', digits: 0 },
    { title: 'memory, MiB', figure: 'memoryMiB', digits: 0 },
  ],
  bars: [],
  isLong: true,
  async *measure({ rig, quick }) {
    await using running = await startHotplex(rig);
    const session = await openNamedSession(rig, running, 'growing');
    const step = (quick ? events / 20 : events) / parts;
    for (let from = 0; from < step * parts; from += step) {
      const figures = await grow(session, { pid: running.pid, to: from + step });
      yield { case: name(from, from + step), subject: 'hotplex', figures };
    }
  },
};
