import { once } from 'node:events';
import { AepClient } from '@hotplex/client-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { floodText } from '../../apps/gateway/src/worker/demo/flood-text.ts';
import { ask, askForSocket } from '../support/ask.ts';
import { openOperators } from '../support/operators.ts';
import { openRawClient } from '../support/raw-client.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';

const key = { 'x-api-key': apiKey };
let gateway: RunningGateway;
let operators: Awaited<ReturnType<typeof openOperators>>;
beforeAll(async () => {
  operators = await openOperators();
  gateway = await startGateway({
    env: {
      ...operators.env,
      HOTPLEX_GATEWAY_INIT_TIMEOUT: '1m',
      HOTPLEX_LIMITS_KEY_CONNECTIONS: '6',
      HOTPLEX_LIMITS_KEY_INPUTS_PER_MINUTE: '4',
    },
  });
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
});
const gone = () => expect.poll(operators.connections, { timeout: 10_000 }).toBe(0);

async function join(init: Record<string, unknown> = {}) {
  const client = await openRawClient(gateway.port, key);
  client.send('init', { version: 'aep/v1', worker_type: 'demo', ...init });
  await client.heard('init_ack');
  return client;
}

test('[B4] [W9] a flood of frames is told its measure, refused by id, and sent away; a new socket starts where it left', async () => {
  const client = await join({ session_id: 'flooder' });
  for (let index = 0; index < 2_000; index++) client.send('ping', {}, `p${index}`);
  expect(await client.closed).toBe(4429);
  const throttles = client.frames.filter(({ event }) => event.type === 'control');
  expect(throttles).toHaveLength(1);
  expect(throttles[0]).toMatchObject({
    priority: 'control',
    event: {
      data: {
        action: 'throttle',
        reason: 'frame_rate',
        details: { limit: 50, burst: 200, window_ms: 1_000 },
      },
    },
  });
  const refused = client.frames.filter(({ event }) => event.data.code === 'RATE_LIMITED');
  expect(refused.length).toBeGreaterThanOrEqual(200);
  expect(refused[0]?.event.data.event_id).toMatch(/^p2\d\d$/);
  const again = await join({ session_id: 'flooder' });
  for (let index = 0; index < 100; index++) again.send('ping', {}, `q${index}`);
  await again.heard('error', ({ code }) => code === 'RATE_LIMITED');
  const other = await join({ session_id: 'somebody else' });
  other.send('ping', {});
  await other.heard('pong');
  for (const { stream } of [again, other]) stream.destroy();
  await gone();
});

test('[B4] prompts are counted for the user: the fifth in a minute is refused, and the client can tell why', async () => {
  using client = new AepClient({ url: gateway.url, workerType: 'demo', auth: apiKey, reconnect: false });
  await client.connect();
  for (let index = 0; index < 4; index++)
    expect((await client.prompt(`flood ${index + 1}`).done).text).toBe(floodText(index + 1));
  const refused = { code: 'RATE_LIMITED', retryable: true, details: { reason: 'input_rate', limit: 4 } };
  await expect(client.prompt('flood 1').done).rejects.toMatchObject(refused);
  using other = new AepClient({ url: gateway.url, workerType: 'demo', auth: apiKey, reconnect: false });
  await other.connect();
  await expect(other.prompt('flood 1').done).rejects.toMatchObject(refused);
  await other.interrupt();
  client.close();
  other.close();
  await gone();
});

test('[W9] a user has so many sockets; one that closes makes room', async () => {
  const clients = await Promise.all(Array.from({ length: 6 }, () => join()));
  const late = await openRawClient(gateway.port, key);
  late.send('init', { version: 'aep/v1', worker_type: 'demo' });
  expect((await late.heard('init_ack')).event.data).toMatchObject({ state: 'deleted', code: 'RATE_LIMITED' });
  clients[0]?.stream.destroy();
  await expect.poll(operators.connections).toBe(5);
  clients[0] = await join();
  expect(clients[0].frames[0]?.event.data.state).toBe('created');
  for (const { stream } of clients) stream.destroy();
  await gone();
});

test('[W4] eight sockets of one address may be silent; the ninth is refused, and who has a key is not among them', async () => {
  const silent = await Promise.all(Array.from({ length: 8 }, () => askForSocket(gateway.port, '/ws')));
  expect(silent.every(({ line }) => line.includes(' 101 '))).toBe(true);
  const ninth = askForSocket(gateway.port, '/ws');
  const known = await join();
  expect(known.frames[0]?.event.data.state).toBe('created');
  expect((await ninth).line).toContain('429');
  const tenth = askForSocket(gateway.port, '/ws');
  silent[0]?.stream.destroy();
  const { line, stream } = await tenth;
  expect(line).toContain(' 101 ');
  for (const each of [...silent, { stream }, known]) each.stream.destroy();
  await gone();
});

test('[W4] an upgrade that fails, or is gone before it has a place, keeps none', async () => {
  for (let index = 0; index < 20; index++) {
    const { line, stream } = await askForSocket(gateway.port, '/ws', { 'sec-websocket-key': 'short' });
    expect(line).toContain('400');
    stream.destroy();
  }
  const silent = await Promise.all(Array.from({ length: 8 }, () => askForSocket(gateway.port, '/ws')));
  const waiting = askForSocket(gateway.port, '/ws');
  for (const { stream } of silent) {
    stream.destroy();
    await once(stream, 'close');
  }
  (await waiting).stream.destroy();
  const again = await Promise.all(Array.from({ length: 8 }, () => askForSocket(gateway.port, '/ws')));
  expect(again.map(({ line }) => line).every((line) => line.includes(' 101 '))).toBe(true);
  for (const { stream } of again) stream.destroy();
  await gone();
  expect((await ask(gateway.port, '/health')).status).toBe(200);
});
