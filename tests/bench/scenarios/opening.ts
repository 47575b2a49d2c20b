import { openClient } from '../open-client.ts';
import { median } from '../statistics.ts';
import type { RunningHotplex } from '../subjects/hotplex.ts';
import { repeat } from './gateway-alone.ts';
import type { Bench, Scenario } from './scenario.ts';

const one = 'one after the other';
const together = (sessions: number) => `${sessions} together`;

/** What comes before a hot agent: connecting, opening a session, starting its agent. */
export const opening: Scenario = {
  name: 'opening',
  title: 'Connecting and cold starts',
  about:
    'A client connects, which ends with the answer to its upgrade; it opens a new session, which ends with its init_ack; and it ' +
    'says a first prompt, which starts the agent and ends with the first text. The agent itself is up in a millisecond. Many together: ' +
    'one connection after the other, each with its init at once, then all first prompts at once; all by the number of sessions.',
  columns: [
    { title: 'connect, ms', figure: 'connectMs', digits: 2 },
    { title: 'init, ms', figure: 'initMs', digits: 2 },
    { title: 'cold first text, ms', figure: 'coldMs', digits: 1 },
  ],
  bars: [],
  async *measure(bench) {
    yield* repeat(bench, one, (gateway) => openOneByOne(bench, gateway, bench.quick ? 3 : 20));
    const sessions = bench.quick ? 20 : 500;
    yield* repeat(bench, together(sessions), async (gateway) => {
      await using client = await openClient(bench.rig, gateway, sessions);
      const { turnMs } = await client.turn({ pieces: 1, rate: 0, spreadMs: 0 });
      const { connectMs, initMs } = client.opened;
      return { connectMs: connectMs / sessions, initMs: initMs / sessions, coldMs: turnMs / sessions };
    });
  },
};

async function openOneByOne({ rig }: Bench, gateway: RunningHotplex, times: number) {
  const all: { connectMs: number; initMs: number; coldMs: number }[] = [];
  for (let time = 0; time < times; time += 1) {
    await using client = await openClient(rig, gateway, 1);
    const { firstWordP50 } = await client.turn({ pieces: 1, rate: 0, spreadMs: 0 });
    all.push({ ...client.opened, coldMs: firstWordP50 / 1_000 });
  }
  return {
    connectMs: median(all.map(({ connectMs }) => connectMs)),
    initMs: median(all.map(({ initMs }) => initMs)),
    coldMs: median(all.map(({ coldMs }) => coldMs)),
  };
}
