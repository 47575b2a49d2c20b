import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { duplexPair } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { believeFindings, readCaller } from '../../src/auth/forwarded-caller.ts';
import { apiKey } from '../auth/open-door.ts';
import { type Client, openConnections } from './open-connections.ts';

/** A client whose session another node works for, and the socket that this node opens to that one. */
async function openRelay() {
  const server = new WebSocketServer({ noServer: true });
  const http = createServer();
  http.on('upgrade', (request, socket, head) =>
    server.handleUpgrade(request, socket, head, (ws) => server.emit('connection', ws, request)),
  );
  const house = openConnections({
    router: {
      place: async () => ({ life: 'another' }),
      async connect() {
        const [near, far] = duplexPair();
        http.emit('connection', far);
        return near;
      },
    },
  });
  const client = house.connect();
  const arrived = once(server, 'connection') as Promise<[WebSocket, IncomingMessage]>;
  const greeted = client.say('init', {
    ...{ version: 'aep/v1', worker_type: 'scripted', session_id: 'key', auth: { token: apiKey } },
  });
  const [node, request] = await arrived;
  const heard: string[] = [];
  node.on('message', (data) => heard.push(data.toString()));
  await greeted;
  await expect.poll(() => heard.length).toBe(1);
  return { ...house, client, node, request, heard };
}

const frame = (seq: number) =>
  JSON.stringify({ seq, event: { type: 'message.delta', data: { content: 'x'.repeat(1_000) } } });

/** The network takes what it holds, again and again. */
async function drainUntil(client: Client, isOver: () => boolean) {
  while (!isOver()) {
    client.drain();
    await setImmediate();
  }
}

test('[B2] of five thousand events no more waits here than a client takes soon, and it gets all of them', async () => {
  const { client, node } = await openRelay();
  for (let seq = 1; seq <= 5_000; seq++) node.send(frame(seq));
  await expect.poll(() => client.bufferedBytes).toBeGreaterThan(128 * 1024);
  for (let round = 0; round < 20; round++) await setImmediate();
  expect(client.most).toBeLessThan(300 * 1024);
  expect(node.bufferedAmount).toBeGreaterThan(4_000_000);
  await drainUntil(client, () => client.received.length === 5_000);
  expect(client.received).toEqual(Array.from({ length: 5_000 }, (_, at) => at + 1));
  expect(client.most).toBeLessThan(300 * 1024);
});

test('[B2] a node that takes nothing has the client read no further', async () => {
  const { client, node, heard } = await openRelay();
  node.pause();
  const input = { content: 'x'.repeat(20_000) };
  const said = Array.from({ length: 60 }, () => client.say('input', input));
  await expect.poll(() => client.isPaused).toBe(true);
  expect(heard).toHaveLength(1);
  node.resume();
  await Promise.all(said);
  await expect.poll(() => heard.length).toBe(61);
  expect(client.isPaused).toBe(false);
});

test('[H2] [H8] the other node is told who it is, by what, and never the credential', async () => {
  const { client, request, heard } = await openRelay();
  const caller = readCaller(request.headers);
  expect(caller).toMatchObject({
    ...{ identity: { subject: 'key:tests', role: 'driver' }, address: '127.0.0.1', sessionId: 'key' },
  });
  await client.say('control', { action: 'reauth', auth: { token: apiKey } });
  await client.say('control', { action: 'reauth', auth: { token: 'a wrong one' } });
  await expect.poll(() => heard.length).toBe(3);
  expect(heard.join()).not.toContain(apiKey);
  expect(heard.join()).not.toContain('a wrong one');
  expect(JSON.stringify(request.headers)).not.toContain(apiKey);
  const tokens = heard.slice(1).map((text) => JSON.parse(text).event.data.auth.token as string);
  const [good = '', bad = ''] = tokens;
  const believe = (token: string, by = caller) =>
    believeFindings(by)({ kind: 'any', token }, { address: '', origin: null });
  expect(await believe(good)).toEqual(caller.identity);
  await expect(believe(bad)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  // Neither what the client says himself, nor what was found on another connection.
  await expect(believe(good.slice(caller.secret?.length))).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  await expect(believe(good, { ...caller, secret: 'another' })).rejects.toMatchObject({
    code: 'UNAUTHORIZED',
  });
});

test('[H8] a credential that is spelled in escapes does not get past either', async () => {
  const { client, heard } = await openRelay();
  const data = `{"action":"\\u0072eauth","auth":{"token":"${apiKey}"}}`;
  client.connection.receive(`{"version":"aep/v1","event":{"type":"control","data":${data}}}`);
  await expect.poll(() => heard.length).toBe(2);
  expect(heard[1]).not.toContain(apiKey);
});

test.each([
  { ends: 'with a code', end: (node: WebSocket) => node.close(4404, 'gone'), code: 4404 },
  { ends: 'without a word', end: (node: WebSocket) => node.terminate(), code: 1001 },
])('[C2] when the other node closes $ends the client hears $code', async ({ end, code }) => {
  const { client, node } = await openRelay();
  end(node);
  await expect.poll(() => client.closed).toBe(code);
});

test('[S4] what a client said before it went still arrives', async () => {
  const { client, node, heard } = await openRelay();
  const closed = once(node, 'close');
  await client.say('input', { content: 'last words' });
  client.connection.closed();
  expect((await closed)[0]).toBe(1000);
  expect(heard.at(-1)).toContain('last words');
});

test('[C4] a node that stops sends those it leads away, each after a while of its own', async () => {
  const { client, clock } = await openRelay();
  client.connection.goAway('gateway_stopping', 500);
  expect(client.closed).toBeUndefined();
  clock.advance(500);
  expect(client.closed).toBe(1001);
});

test('[C4] a node that takes a stream and says nothing is not waited for without end', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { clock, connect } = openConnections({
    router: {
      place: async () => ({ life: 'silent' }),
      async connect() {
        const [near, far] = duplexPair();
        far.once('data', () => resolve());
        return near;
      },
    },
  });
  const client = connect();
  const over = client.say('init', {
    ...{ version: 'aep/v1', worker_type: 'scripted', session_id: 'key', auth: { token: apiKey } },
  });
  await promise;
  clock.advance(10_000);
  await over;
  expect(client.told('init_ack')).toMatchObject([{ code: 'RECONNECT_REQUIRED' }]);
  expect(client.closed).toBe(1013);
});
