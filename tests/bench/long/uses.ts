import { ask } from '../../support/ask.ts';
import { apiKey } from '../../support/start-gateway.ts';
import { readLog } from '../read-log.ts';
import { median } from '../statistics.ts';
import type { RunningHotplex } from '../subjects/hotplex.ts';
import type { NamedSession } from './named-session.ts';

const turns = 50;
const times = 9;
const pageSize = 1_000;
/** What the last prompt of a session that grew says, and no other. */
export const lastWord = 'zebrafish';

/** What is done with a session, whatever its length, and how long that takes: milliseconds. */
export const uses: Readonly<
  Record<string, (session: NamedSession, running: RunningHotplex) => Promise<number>>
> = {
  'a hot turn': ({ speak }) =>
    speak(async (client) => {
      const taken: number[] = [];
      for (let turn = 0; turn < turns; turn += 1)
        taken.push((await client.turn({ pieces: 1, rate: 0, spreadMs: 0 })).firstWordP50 / 1_000);
      return median(taken);
    }),
  'a piece of text, of 10 a second': ({ speak }) =>
    speak(async (client) => (await client.turn({ pieces: 40, rate: 10, spreadMs: 0 })).latencyP50 / 1_000),
  'opening it, 100 events behind': (session, running) => readLast(session, running, 100),
  'opening it, 10,000 events behind': (session, running) => readLast(session, running, 10_000),
  'a page of its beginning': (session, running) => readPage(session, running, () => 0),
  'a page of its middle': (session, running) => readPage(session, running, (last) => Math.floor(last / 2)),
  'the last page': (session, running) => readPage(session, running, (last) => last - pageSize),
  'a search for what is said everywhere': (_, running) => search(running, 'brown fox'),
  'a search for what was said once': (_, running) => search(running, lastWord),
};

/** The median of some times, after one that does not count. */
async function often(once: () => Promise<number>): Promise<number> {
  await once();
  const taken: number[] = [];
  for (let time = 0; time < times; time += 1) taken.push(await once());
  return median(taken);
}

async function readLast({ id, lastSeq }: NamedSession, { port }: RunningHotplex, events: number) {
  const last = await lastSeq();
  const log = { port, sessionId: id, workerType: 'claude_code', after: last - events, lastSeq: last };
  return often(async () => (await readLog(log)).tookMs);
}

async function readPage(
  { id, lastSeq }: NamedSession,
  running: RunningHotplex,
  after: (last: number) => number,
) {
  const path = `/api/sessions/${id}/events?after=${after(await lastSeq())}&limit=${pageSize}`;
  return often(() => get(running, path, '"seq":'));
}

const search = (running: RunningHotplex, words: string) =>
  often(() => get(running, `/api/search?q=${encodeURIComponent(words)}`, '"session_id"'));

/** Milliseconds until all of an answer was there; throws if `mark` is not in it. */
async function get({ port }: RunningHotplex, path: string, mark: string): Promise<number> {
  const asked = performance.now();
  const { status, body } = await ask(port, path, { headers: { 'x-api-key': apiKey } });
  const tookMs = performance.now() - asked;
  if (status !== 200 || !body.includes(mark))
    throw new Error(`${path} was answered ${status}: ${body.slice(0, 200)}`);
  return tookMs;
}
