import { ask } from '../../support/ask.ts';
import { apiKey } from '../../support/start-gateway.ts';
import { type LongLog, openLongLog } from '../open-long-log.ts';
import { waitForQuiet } from '../quiet.ts';
import type { Bench, Figures, Run, Scenario } from './scenario.ts';

const events = 10_000;
const pageSize = 1_000;

/** The past of a session by HTTP. */
export const history: Scenario = {
  name: 'history',
  title: 'History',
  about:
    `The last ${events.toLocaleString('en')} events of a log that is five times as long are read backwards by HTTP, ` +
    `in pages of ${pageSize.toLocaleString('en')}, which is the largest there is.`,
  columns: [
    { title: 'all pages, ms', figure: 'allMs', digits: 0 },
    { title: 'a page, ms', figure: 'pageMs', digits: 1 },
    { title: 'events/s', figure: 'eventsPerSecond', digits: 0 },
    { title: 'B/event', figure: 'bytesPerEvent', digits: 0 },
  ],
  bars: [],
  measure: readAgainAndAgain,
};

async function* readAgainAndAgain({ rig, repetitions, quick }: Bench): AsyncGenerator<Run> {
  const wanted = quick ? events / 5 : events;
  await using log = await openLongLog(rig, 5 * wanted);
  await readBackwards(log, wanted);
  const name = `${wanted.toLocaleString('en')} events`;
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    const noise = await waitForQuiet({ quick });
    yield { case: name, subject: 'hotplex', figures: { noise, ...(await readBackwards(log, wanted)) } };
  }
}

async function readBackwards({ running, sessionId, lastSeq }: LongLog, wanted: number): Promise<Figures> {
  let [bytes, read] = [0, 0];
  const began = performance.now();
  while (read < wanted) {
    const query = `before=${lastSeq + 1 - read}&limit=${pageSize}`;
    const { status, body } = await ask(running.port, `/api/sessions/${sessionId}/events?${query}`, {
      headers: { 'x-api-key': apiKey },
    });
    if (status !== 200) throw new Error(`a page was refused: ${body}`);
    read += pageSize;
    bytes += body.length;
  }
  const allMs = performance.now() - began;
  const pages = read / pageSize;
  return {
    allMs,
    pageMs: allMs / pages,
    eventsPerSecond: (read / allMs) * 1_000,
    bytesPerEvent: bytes / read,
  };
}
