import { once } from 'node:events';
import { WebSocket } from 'ws';
import { apiKey } from '../../support/start-gateway.ts';
import { processorMs } from '../look-at-processes.ts';
import { type LongLog, openLongLog } from '../open-long-log.ts';
import { waitForQuiet } from '../quiet.ts';
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

/** Throws if a number is missing, or there twice. */
async function readAll({ running, sessionId, lastSeq }: LongLog): Promise<Figures> {
  const pid = running.gateway.process.pid ?? 0;
  const socket = new WebSocket(`ws://127.0.0.1:${running.port}/ws`, {
    headers: { 'x-api-key': apiKey },
    perMessageDeflate: false,
  });
  await once(socket, 'open');
  const used = processorMs(pid);
  const asked = performance.now();
  const data = { version: 'aep/v1', worker_type: 'demo', session_id: sessionId, last_seq: 0 };
  socket.send(JSON.stringify({ version: 'aep/v1', id: 'bench', event: { type: 'init', data } }));
  const frames = await untilFrame(socket, `"seq":${lastSeq},`);
  const replayMs = performance.now() - asked;
  const cpuMs = processorMs(pid) - used;
  socket.terminate();
  // The first frame is the init_ack, which is no event of the log.
  const numbers = frames.slice(1).map((frame) => (JSON.parse(String(frame)) as { seq: number }).seq);
  const wrong = numbers.findIndex((seq, index) => seq !== index + 1);
  if (wrong !== -1) throw new Error(`after event ${wrong} came ${numbers[wrong]}`);
  const bytes = frames.reduce((total, { length }) => total + length, 0);
  return {
    ...{ replayMs, eventsPerSecond: (numbers.length / replayMs) * 1_000 },
    ...{ cpuPerEvent: (cpuMs * 1_000) / numbers.length, bytesPerEvent: bytes / numbers.length },
  };
}

/** All frames up to the event with this number. They are read later: a client that reads them at once would be measured, too. */
function untilFrame(socket: WebSocket, mark: string): Promise<Buffer[]> {
  const frames: Buffer[] = [];
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('message', (frame: Buffer) => {
      frames.push(frame);
      if (frames.length > 1 && frame.includes(mark)) resolve(frames);
    });
  });
}
