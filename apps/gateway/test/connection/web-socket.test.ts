import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { Socket } from '../../src/connection/socket.ts';
import { toServerSocket } from '../../src/connection/web-socket.ts';
import { wireBytes, wireFrames } from '../../src/connection/wire-frames.ts';
import { eventRecord } from '../store/support/records.ts';

const batchOf = (texts: readonly string[]) =>
  wireFrames(
    's',
    texts.map((text, index) => ({ ...eventRecord(index + 1), data: JSON.stringify({ text }) })),
  );
const toFrames = (texts: readonly string[]) => texts.map((text) => Buffer.from(text));
/** How long the frame of an event is around its text. */
const around = batchOf([''])[0]?.length ?? 0;

/** A socket of a server, and the client at its other end. */
async function openPair(): Promise<{ socket: Socket; ws: WebSocket; client: WebSocket }> {
  const server = new WebSocketServer({ port: 0, perMessageDeflate: false });
  onTestFinished(() => server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
  onTestFinished(() => client.terminate());
  const [[ws, request]] = (await Promise.all([once(server, 'connection'), once(client, 'open')])) as [
    [WebSocket, IncomingMessage],
    unknown,
  ];
  return { socket: toServerSocket(ws, request.socket), ws, client };
}

/** What a client hears, until so many texts have come. */
async function hear(client: WebSocket, count: number): Promise<string[]> {
  const heard: string[] = [];
  const whole = Promise.withResolvers<void>();
  client.on('ping', () => heard.push('ping'));
  client.on('message', (data, isBinary) => {
    heard.push(isBinary ? 'binary' : data.toString());
    if (heard.filter((one) => one !== 'ping').length === count) whole.resolve();
  });
  await whole.promise;
  return heard;
}

test('[R1] batches arrive whole, as text and in order, whatever is in them and however long it is', async () => {
  const { socket, client } = await openPair();
  const lengths = [255, 256, 65_535, 65_536, 200_000].map((length) => 'x'.repeat(length - around));
  const batches = [
    ['a'],
    ['a', 'b', ''],
    ['Grüße', '🦊', '\u2028', '\ud800'],
    ...lengths.map((text) => [text]),
    lengths,
  ];
  const all = batches.flatMap(batchOf).map(String);
  const heard = hear(client, all.length);
  const joined = batches.map((texts) => {
    const batch = batchOf(texts);
    socket.send(batch);
    return wireBytes(batch) !== undefined;
  });
  expect(joined).toEqual([...[true, true, true, true, true, true], ...[false, false, false]]);
  expect(await heard).toEqual(all);
});

test('[B2] what a client has no room for is left out of a batch, and nothing else', async () => {
  const { socket, client } = await openPair();
  const batch = batchOf(['a', 'b', 'c']);
  const heard = hear(client, 3);
  socket.send(batch.slice(0, 2));
  socket.send(batch.slice(2));
  expect(await heard).toEqual(batch.map(String));
});

test('[B3] what ws sends itself comes between frames, in its turn', async () => {
  const { socket, ws, client } = await openPair();
  const batch = batchOf(['a', 'b']);
  const heard = hear(client, 5);
  socket.send(batch);
  ws.ping();
  socket.send(batch);
  socket.send(toFrames(['c']));
  const once = batch.map(String);
  expect(await heard).toEqual([...once, 'ping', ...once, 'c']);
});

test('[B2] it is told that frames left, and once; of frames that do not, nothing', async () => {
  const { socket, ws } = await openPair();
  const flushed = Promise.withResolvers<void>();
  let count = 0;
  socket.send(batchOf(['a', 'b']), () => {
    count += 1;
    flushed.resolve();
  });
  await flushed.promise;
  ws.terminate();
  await once(ws, 'close');
  socket.send(batchOf(['late']), () => {
    count += 1;
  });
  expect(count).toBe(1);
});
