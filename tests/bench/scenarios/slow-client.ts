import { openRawClient, type RawClient } from '../../support/raw-client.ts';
import { residentMemory } from '../../support/resident-memory.ts';
import { apiKey } from '../../support/start-gateway.ts';
import { openClient } from '../open-client.ts';
import type { RunningHotplex } from '../subjects/hotplex.ts';
import { repeat } from './gateway-alone.ts';
import type { Bench, Figures, Scenario } from './scenario.ts';

const sessions = 100;
const watchers = 10;
const seconds = 5;
const piecesPerSecond = 20_000;

/** Clients that do not read, among others. */
export const slowClient: Scenario = {
  name: 'slow-client',
  title: 'Slow clients among fast ones',
  about:
    `An agent writes ${piecesPerSecond.toLocaleString('en')} pieces of text a second in bursts, and ${watchers} clients watch it; first all of ` +
    `them read, then none. Meanwhile ${sessions} other sessions speak at 10/s: what counts is that these do not notice, that the ` +
    'gateway keeps nothing for those who do not read, and that they have everything once they do.',
  columns: [
    { title: 'others p50, ms', figure: 'latencyP50Ms', digits: 2 },
    { title: 'others p99, ms', figure: 'latencyP99Ms', digits: 2 },
    { title: 'memory grew, MiB', figure: 'grewMiB', digits: 1 },
    { title: 'missed', figure: 'missed', digits: 0 },
  ],
  bars: [
    { says: 'text that clients missed who did not read', case: 'none reads', figure: 'missed', atMost: 0 },
  ],
  async *measure(bench) {
    for (let repetition = 0; repetition < bench.repetitions; repetition += 1) {
      const once = { ...bench, repetitions: 1 };
      yield* repeat(once, 'all read', (gateway) => watch(bench, gateway, true));
      yield* repeat(once, 'none reads', (gateway) => watch(bench, gateway, false));
    }
  },
};

async function watch({ rig, quick }: Bench, gateway: RunningHotplex, doRead: boolean): Promise<Figures> {
  const time = quick ? 1 : seconds;
  const pieces = piecesPerSecond * time;
  await using others = await openClient(rig, gateway, quick ? sessions / 5 : sessions);
  await others.turn({ pieces: 5, rate: 5 });
  using speaker = await open(gateway);
  const { session_id: sessionId } = await speaker.heard('init_ack');
  using stack = new DisposableStack();
  const clients: RawClient[] = [];
  for (let number = 0; number < watchers; number += 1) {
    const client = stack.use(await open(gateway, sessionId));
    await client.heard('init_ack');
    if (!doRead) client.stream.pause();
    clients.push(client);
  }
  const before = residentMemory(gateway.pid);
  speaker.send('input', { content: `count=${pieces} rate=${piecesPerSecond} burst=200` }, 'bench');
  const turn = await others.turn({ pieces: 10 * time, rate: 10, spreadMs: 200 });
  await speaker.heard('done');
  const grewMiB = residentMemory(gateway.pid) - before;
  let missed = 0;
  for (const client of clients) {
    client.stream.resume();
    await client.heard('done');
    missed += pieces - count(client);
  }
  return { latencyP50Ms: turn.latencyP50 / 1_000, latencyP99Ms: turn.latencyP99 / 1_000, grewMiB, missed };
}

async function open({ port }: RunningHotplex, sessionId?: string): Promise<RawClient> {
  const client = await openRawClient(port, { 'x-api-key': apiKey });
  client.send('init', {
    ...{ version: 'aep/v1', worker_type: 'claude_code' },
    ...(sessionId === undefined ? {} : { session_id: sessionId, role: 'viewer' }),
  });
  return client;
}

/** How many pieces of text a client has; each begins with its time between two signs. */
function count({ frames }: RawClient): number {
  const texts = frames.map(({ event }) => (event.type === 'message.delta' ? String(event.data.content) : ''));
  return texts.join('').split('@').length >> 1;
}
