import { expect, test, vi } from 'vitest';
import { innerWebSocket } from '../../src/connection/inner-web-socket.ts';
import type { Socket } from '../../src/connection/socket.ts';
import { VisitorWriter } from '../../src/connection/visitor-writer.ts';
import { createManualClock } from '../support/manual-clock.ts';

const frame = (text: string) => ({ event: { type: 'answer', data: { text } } });
const turnOfLoop = () => new Promise((resolve) => setImmediate(resolve));

/** A visitor who reads only when the test says so. */
function openVisit() {
  const clock = createManualClock(0);
  let flushes: (() => void)[] = [];
  const close = vi.fn();
  const socket: Socket = {
    send: (_frames, flushed = () => {}) => void flushes.push(flushed),
    ...{ pause() {}, resume() {}, close },
  };
  const slowLimits = () => ({ maxBufferedBytes: 1_000, slowTimeoutMs: 30_000 });
  const writer = new VisitorWriter({ socket, close }, { clock, slowLimits });
  const read = () => {
    const read = flushes;
    flushes = [];
    for (const flushed of read) flushed();
  };
  return { clock, close, writer, read, inFlight: () => flushes.length };
}

test('[B2] a frame is said when it has left, and everything is drained when all have', async () => {
  const { writer, read, inFlight } = openVisit();
  const order: string[] = [];
  const answer = async () => {
    for (const word of ['one', 'two']) {
      await writer.say(frame(word));
      order.push(word);
    }
  };
  void answer();
  void writer.drained().then(() => order.push('drained'));
  await turnOfLoop();
  expect([order, inFlight()]).toEqual([[], 1]);
  read();
  await turnOfLoop();
  expect([order, inFlight()]).toEqual([['one'], 1]);
  read();
  await expect.poll(() => order).toEqual(['one', 'two', 'drained']);
});

test('[B2] who asks and does not read is sent away at a limit, and nobody waits for him', async () => {
  const { writer, close, inFlight } = openVisit();
  const said = Array.from({ length: 9 }, () => writer.say(frame('x'.repeat(400))));
  await Promise.all(said);
  expect(close.mock.calls).toEqual([['tooSlow', 'answers were not read']]);
  expect(inFlight()).toBe(3);
});

test('[B2] who reads nothing for too long is sent away, and who reads a little is not', async () => {
  const { clock, writer, close, read } = openVisit();
  for (const _ of [1, 2, 3]) {
    const said = writer.say(frame('a'));
    clock.advance(29_000);
    read();
    await said;
  }
  clock.advance(60_000);
  expect(close).not.toHaveBeenCalled();
  const said = writer.say(frame('b'));
  clock.advance(30_000);
  await said;
  expect(close.mock.calls).toEqual([['tooSlow', 'nothing was read']]);
});

test('[B2] the log goes no further inside than the visitor has read', async () => {
  const { writer, read, close } = openVisit();
  const inside = Promise.withResolvers<Socket>();
  const line = { receive() {}, leave() {}, closed() {} };
  const WebSocket = innerWebSocket((socket) => {
    inside.resolve(socket);
    return line;
  }, writer);
  const client = new WebSocket('ws://gateway.invalid');
  client.onmessage = ({ data }: { data: string }) => void writer.say(JSON.parse(data));
  const flushed = vi.fn();
  const socket = await inside.promise;
  socket.send([Buffer.from('{"seq":1}')], flushed);
  for (const _ of [1, 2, 3]) await turnOfLoop();
  expect(flushed).not.toHaveBeenCalled();
  read();
  await expect.poll(() => flushed.mock.calls.length).toBe(1);
  socket.close(4408, 'slow');
  expect(close.mock.calls).toEqual([['tooSlow', 'slow']]);
});
