import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type RequestOptions,
  type Server,
} from 'node:http';
import type { Duplex } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { Bus } from '../../src/cluster/bus.ts';
import { untilBroken, untilClosed } from '../support/stream-ends.ts';
import { type NatsRig, openNatsRig } from './support/open-nats-rig.ts';

let rig: NatsRig;
let near: Bus;
let far: Bus;
let server: Server;

beforeAll(async () => {
  rig = await openNatsRig();
  [near, far] = [await rig.join('near'), await rig.join('far')];
  far.onConnect((stream) => server.emit('connection', stream));
});
afterAll(() => rig[Symbol.asyncDispose]());
beforeEach(() => {
  server = createServer();
});

/** A request to the other node, over a stream of its own. */
async function request(options: RequestOptions = {}) {
  const stream = await near.connect(far.self.life);
  return { stream, request: httpRequest({ ...options, createConnection: () => stream }) };
}

async function answered(request: Awaited<ReturnType<typeof httpRequest>>): Promise<IncomingMessage> {
  const [response] = await once(request, 'response');
  return response;
}

it('a request and its answer of 20 MB each pass as they are', async () => {
  const [there, back] = [randomBytes(20_000_000), randomBytes(20_000_000)];
  server.on('request', async (incoming, response) => {
    const digest = createHash('sha256')
      .update(await buffer(incoming))
      .digest('hex');
    response.setHeader('x-digest', digest).end(back);
  });
  const { request: sent } = await request({ method: 'POST' });
  sent.end(there);
  const response = await answered(sent);
  expect((await buffer(response)).equals(back)).toBe(true);
  expect(response.headers['x-digest']).toBe(createHash('sha256').update(there).digest('hex'));
});

it('many requests at once each have their own answer', async () => {
  server.on('request', (incoming, response) => response.end(`you asked for ${incoming.url}`));
  const answers = Array.from({ length: 50 }, async (_, index) => {
    const { request: sent } = await request({ path: `/${index}` });
    sent.end();
    return text(await answered(sent));
  });
  expect(await Promise.all(answers)).toEqual(
    Array.from({ length: 50 }, (_, index) => `you asked for /${index}`),
  );
});

it('an event stream arrives as it is written, and its end is seen by who wrote it', async () => {
  const ended = Promise.withResolvers<void>();
  const next: (() => void)[] = [];
  server.on('request', (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    let count = 0;
    next.push(() => response.write(`data: ${++count}\n\n`));
    next[0]?.();
    response.on('close', ended.resolve);
  });
  const { request: sent } = await request();
  sent.end();
  const response = await answered(sent);
  for (const expected of ['data: 1\n\n', 'data: 2\n\n', 'data: 3\n\n']) {
    const [chunk] = await once(response, 'data');
    expect(String(chunk)).toBe(expected);
    next[0]?.();
  }
  response.destroy();
  await ended.promise;
});

it('a WebSocket is opened over it, carries messages both ways, and says how it was closed', async () => {
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (incoming, socket, head) =>
    sockets.handleUpgrade(incoming, socket, head, (it) => {
      it.on('message', (data, isBinary) => it.send(data, { binary: isBinary }));
      it.on('close', (code) => closed.resolve(code));
    }),
  );
  const closed = Promise.withResolvers<number>();
  const stream = await near.connect(far.self.life);
  const socket = new WebSocket('ws://other-node/ws', {
    createConnection: () => stream as never,
    perMessageDeflate: false,
  });
  await once(socket, 'open');
  for (const message of ['hello', 'x'.repeat(300_000)]) {
    socket.send(message);
    const [data] = await once(socket, 'message');
    expect(String(data)).toBe(message);
  }
  const ended = once(socket, 'close');
  socket.close(4_321);
  expect(await closed.promise).toBe(4_321);
  await ended;
  await untilClosed(stream);
});

it('a request that is given up in the middle ends the work for it, and the other way round', async () => {
  const given = Promise.withResolvers<void>();
  server.on('request', (incoming, response) => {
    incoming.on('close', given.resolve);
    incoming.resume();
    response.on('error', () => {});
  });
  const { request: sent } = await request({ method: 'POST' });
  sent.on('error', () => {});
  sent.write(randomBytes(1_000_000));
  await setImmediate();
  sent.destroy();
  await given.promise;

  server = createServer((_, response) => {
    response.write('half of it');
    response.destroy();
  });
  const { request: other } = await request();
  other.end();
  const failure = await answered(other)
    .then(text)
    .catch((error: Error) => error);
  expect(failure).toMatchObject({ code: 'ECONNRESET' });
});

it('nobody there is said at once, and a stream that nobody takes is ended', async () => {
  const startedAt = performance.now();
  await expect(near.connect('9f3d2f4e-5d4c-4a8e-9a57-2f1f6f0a6b11')).rejects.toMatchObject({
    code: 'RECONNECT_REQUIRED',
  });
  expect(performance.now() - startedAt).toBeLessThan(1_000);
  const stream: Duplex = await far.connect(near.self.life);
  expect(await untilBroken(stream)).toMatchObject({ code: 'ECONNRESET' });
});
