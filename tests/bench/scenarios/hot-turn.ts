import { interleave } from '../interleave.ts';
import type { BenchClient } from '../open-client.ts';
import { median } from '../statistics.ts';
import type { Scenario } from './scenario.ts';

const name = 'a hot agent';

/** From a prompt to the first words, where the agent is there already. */
export const hotTurn: Scenario = {
  name: 'hot-turn',
  title: 'A hot turn',
  about:
    'One session says one prompt after the other to an agent that runs already and answers at once. What is measured is the time from ' +
    'the prompt to the first piece of text, so all of it is what lies between the client and the agent.',
  columns: [
    { title: 'first text, median, ms', figure: 'firstTextMs', digits: 2 },
    { title: 'first text, 99 of 100, ms', figure: 'firstTextP99Ms', digits: 2 },
  ],
  bars: [{ says: 'hot turn, ms', case: name, figure: 'firstTextMs', atMost: 2 }],
  async *measure(bench) {
    const turns = bench.quick ? 20 : 200;
    yield* interleave(bench, {
      case: name,
      sessions: 1,
      warmUp: (client) => takeTurns(client, turns),
      async measure(client) {
        const taken = await takeTurns(client, turns);
        const worst = taken.toSorted((a, b) => b - a)[Math.floor(turns / 100)] ?? Number.NaN;
        return { firstTextMs: median(taken), firstTextP99Ms: worst };
      },
    });
  },
};

/** Milliseconds until the first text, of each. */
async function takeTurns(client: BenchClient, turns: number): Promise<number[]> {
  const taken: number[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const { firstWordP50 } = await client.turn({ pieces: 1, rate: 0, spreadMs: 0 });
    taken.push(firstWordP50 / 1_000);
  }
  return taken;
}
