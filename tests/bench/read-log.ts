import { once } from 'node:events';
import { WebSocket } from 'ws';
import { apiKey } from '../support/start-gateway.ts';

export type ReadFrom = {
  port: number;
  sessionId: string;
  workerType: string;
  /** What the client has already, and the last number that it waits for. */
  after: number;
  lastSeq: number;
  /** Called between the upgrade and the init. */
  onOpen?(): void;
};

/** All frames of a log after a number, and how long that took from the client's init on, milliseconds. Throws if a number is missing, or there twice. */
export async function readLog({ port, sessionId, workerType, after, lastSeq, onOpen }: ReadFrom) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, {
    headers: { 'x-api-key': apiKey },
    perMessageDeflate: false,
  });
  await once(socket, 'open');
  onOpen?.();
  const asked = performance.now();
  const data = { version: 'aep/v1', worker_type: workerType, session_id: sessionId, last_seq: after };
  socket.send(JSON.stringify({ version: 'aep/v1', id: 'bench', event: { type: 'init', data } }));
  const frames = await untilFrame(socket, `"seq":${lastSeq},`);
  const tookMs = performance.now() - asked;
  socket.terminate();
  // The first frame is the init_ack, which is no event of the log.
  const numbers = frames.slice(1).map((frame) => (JSON.parse(String(frame)) as { seq: number }).seq);
  const wrong = numbers.findIndex((seq, index) => seq !== after + index + 1);
  if (wrong !== -1) throw new Error(`after event ${after + wrong} came ${numbers[wrong]}`);
  return { frames, tookMs, events: numbers.length };
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
