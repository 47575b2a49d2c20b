import { sum } from '../../../apps/gateway/src/ground/sum.ts';
import { processorMs } from '../look-at-processes.ts';
import { type LongLog, openLongLog } from '../open-long-log.ts';
import { waitForQuiet } from '../quiet.ts';
import { readLog } from '../read-log.ts';
import type { Bench, Figures, Run, Scenario } from './scenario.ts';

const events = 50_000;
const name = 'the whole log';

/** A client that comes with nothing, and gets all of a long log. */
export const replay: Scenario = {
  name: 'replay',
  title: 'Replay',
  about:
    `A client opens a session with ${events.toLocaleString('en')} events in its log and asks for all of them. What is measured is the ` +
    'time from its init to the last event; then it is looked at whether each number came once and in order.',
  columns: [
    { title: 'events/s', figure: 'eventsPerSecond', digits: 0 },
    { title: 'all, ms', figure: 'replayMs', digits: 0 },
    { title: 'CPU, µs/event', figure: 'cpuPerEvent', digits: 2 },
    { title: 'wire, B/event', figure: 'bytesPerEvent', digits: 0 },
  ],
  bars: [{ says: 'replay, events/s', case: name, figure: 'eventsPerSecond', atLeast: 200_000 }],
  measure: replayAgainAndAgain,
};

async function* replayAgainAndAgain({ rig, repetitions, quick }: Bench): AsyncGenerator<Run> {
  await using log = await openLongLog(rig, quick ? events / 10 : events);
  await readAll(log);
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    const noise = await waitForQuiet({ quick });
    yield { case: name, subject: 'hotplex', figures: { noise, ...(await readAll(log)) } };
  }
}

async function readAll({ running, sessionId, lastSeq }: LongLog): Promise<Figures> {
  const { port, gateway } = running;
  const { pid = 0 } = gateway.process;
  let used = 0;
  const { frames, tookMs, events } = await readLog({
    ...{ port, sessionId, lastSeq, workerType: 'demo', after: 0 },
    onOpen: () => {
      used = processorMs(pid);
    },
  });
  const cpuMs = processorMs(pid) - used;
  const bytes = sum(frames.map(({ length }) => length));
  return {
    ...{ replayMs: tookMs, eventsPerSecond: (events / tookMs) * 1_000 },
    ...{ cpuPerEvent: (cpuMs * 1_000) / events, bytesPerEvent: bytes / events },
  };
}
