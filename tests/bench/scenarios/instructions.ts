import { createInstructionCounter } from '../count-instructions.ts';
import { openClient } from '../open-client.ts';
import { hotplex } from '../subjects/hotplex.ts';
import { cRelay, plainNode } from '../subjects/limits.ts';
import type { Subject } from '../subjects/subject.ts';
import type { Bench, Scenario } from './scenario.ts';

const name = 'flood of 1 session';
const pieces = 10_000;

/** What an event costs, without a clock. */
export const instructions: Scenario = {
  name: 'instructions',
  title: 'Instructions',
  about:
    `A flood of ${pieces.toLocaleString('en')} events in one session, after a first one that warms up. Counted, once, are the instructions ` +
    'that the process executes outside of the kernel, under callgrind: they hardly depend on the neighbours.',
  columns: [{ title: 'instructions/event', figure: 'instructionsPerEvent', digits: 0 }],
  bars: [
    {
      ...{ says: 'instructions per event, by plain Node’s', case: name },
      ...{ figure: 'instructionsPerEvent', by: 'plain-node', atMost: 3 },
    },
  ],
  isLong: true,
  async *measure(bench) {
    for (const subject of [cRelay, plainNode, hotplex]) {
      const instructionsPerEvent = (await countFlood(bench, subject)) / pieces;
      yield { case: name, subject: subject.name, figures: { instructionsPerEvent } };
    }
  },
};

async function countFlood({ rig }: Bench, subject: Subject): Promise<number> {
  using counter = createInstructionCounter();
  {
    await using running = await subject.start(rig, counter.under);
    await using client = await openClient(rig, running, 1);
    await client.turn({ pieces, rate: 0 });
    counter.count(running.pid, true);
    await client.turn({ pieces, rate: 0 });
    counter.count(running.pid, false);
  }
  return counter.total();
}
