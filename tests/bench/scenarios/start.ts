import { setTimeout as sleep } from 'node:timers/promises';
import { residentMemory } from '../../support/resident-memory.ts';
import { repeat } from './gateway-alone.ts';
import type { Scenario } from './scenario.ts';

const name = 'warm start';
const settleMs = 500;

/** How soon a gateway is there. */
export const start: Scenario = {
  name: 'start',
  title: 'The start of a gateway',
  about:
    'A gateway that was started once before in the same home, so that Node has kept what it compiled, is started again: until it has printed ' +
    'its link, which is when it listens. Memory is what it has half a second later.',
  columns: [
    { title: 'start, ms', figure: 'startMs', digits: 0 },
    { title: 'memory, MiB', figure: 'memoryMiB', digits: 0 },
  ],
  bars: [{ says: 'warm start, ms', case: name, figure: 'startMs', atMost: 500 }],
  async *measure(bench) {
    yield* repeat(bench, name, async ({ gateway }) => {
      await gateway.stop();
      const before = performance.now();
      await gateway.restart();
      const startMs = performance.now() - before;
      await sleep(settleMs);
      return { startMs, memoryMiB: residentMemory(gateway.process.pid) };
    });
  },
};
