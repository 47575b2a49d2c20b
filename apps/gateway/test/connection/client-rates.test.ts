import { expect, test } from 'vitest';
import { apiKey } from '../auth/open-door.ts';
import { openConnections } from './open-connections.ts';

const many = (count: number) => Array.from({ length: count }, (_, index) => index);

test('[B4] too many frames: the measure is told once, each further frame is refused by its id, then it is over', async () => {
  const { join } = openConnections();
  const client = await join(apiKey);
  for (const index of many(20)) await client.say('ping', {}, `p${index}`);
  expect(client.told('pong')).toHaveLength(20);
  expect(client.told('error')).toEqual([]);
  for (const index of many(3)) await client.say('ping', {}, `late${index}`);
  expect(client.told('pong')).toHaveLength(20);
  const numbers = { limit: 10, window_ms: 1_000, burst: 20, retry_after_ms: 100 };
  expect(client.told('control')).toEqual([
    { action: 'throttle', reason: 'frame_rate', delay_ms: 100, details: numbers },
  ]);
  expect(client.told('error')).toEqual(
    many(3).map((index) =>
      expect.objectContaining({
        ...{ code: 'RATE_LIMITED', event_id: `late${index}`, retryable: true },
        details: { reason: 'frame_rate', ...numbers },
      }),
    ),
  );
  expect(client.closed).toBeUndefined();
  client.drain();
  for (const _ of many(18)) await client.say('ping');
  expect(client.closed).toBe(4429);
});

test('[B4] coming back brings nothing: the measure is the user’s, not the socket’s', async () => {
  const { clock, join } = openConnections();
  const first = await join(apiKey, { session_id: 'mine' });
  for (const _ of many(20)) await first.say('ping');
  first.connection.closed();
  const second = await join(apiKey, { session_id: 'mine' });
  await second.say('ping');
  expect(second.told('error')).toEqual([expect.objectContaining({ code: 'RATE_LIMITED' })]);
  clock.advance(100);
  await second.say('ping');
  expect(second.told('pong')).toHaveLength(1);
});

test('[B4] too many prompts in a minute are refused and do nothing; other frames pass', async () => {
  const { clock, join, sessions, worker } = openConnections();
  const client = await join(apiKey);
  for (const index of many(7)) await client.say('input', { content: `prompt ${index}` }, `i${index}`);
  expect(client.told('input')).toHaveLength(6);
  expect(client.told('control')).toMatchObject([{ action: 'throttle', reason: 'input_rate' }]);
  expect(client.told('error')).toMatchObject([{ code: 'RATE_LIMITED', event_id: 'i6' }]);
  await client.say('ping');
  expect(client.told('pong')).toHaveLength(1);
  const other = await join(apiKey);
  await other.say('input', { content: 'elsewhere' });
  expect(other.told('error')).toMatchObject([{ code: 'RATE_LIMITED', details: { retry_after_ms: 10_000 } }]);
  clock.advance(10_000);
  await client.say('input', { content: 'prompt 6' }, 'i6');
  expect(client.told('input')).toHaveLength(7);
  expect(worker.prompts).toHaveLength(1);
  await sessions.close({ keepAgents: false });
});

test('[W9] [B4] a connection too many is refused before a session is made for it', async () => {
  const { door, join, store } = openConnections();
  const { accessToken: token } = await door.signIn.redeemCode(door.signIn.newCode());
  const [first] = [await join(token), await join(token)];
  const third = await join(token);
  expect(third.told('init_ack')).toMatchObject([{ state: 'deleted', code: 'RATE_LIMITED' }]);
  expect(third.closed).toBe(4429);
  expect(store.list({ limit: 10 })).toHaveLength(2);
  first?.connection.closed();
  expect((await join(token)).told('init_ack')).toMatchObject([{ state: 'created' }]);
});

test('[B2] [W7] who asks and never reads the answers is sent away before they fill the memory', async () => {
  const { clock, join } = openConnections();
  const client = await join(apiKey);
  for (const _ of many(500)) {
    clock.advance(100);
    await client.say('ping');
    if (client.closed !== undefined) break;
  }
  expect(client.closed).toBe(4408);
  expect(client.most).toBeLessThan(11_000);
});

test('[G10] frames that come faster than they are done are left in the network', async () => {
  const { join } = openConnections();
  const client = await join(apiKey);
  const ping = JSON.stringify({ version: 'aep/v1', event: { type: 'ping', data: {} } });
  for (const _ of many(31)) client.connection.receive(ping);
  expect(client.isPaused).toBe(false);
  client.connection.receive(ping);
  expect(client.isPaused).toBe(true);
  await client.say('ping');
  expect(client.isPaused).toBe(false);
});

test('[W4] a socket has settled once it has said who it is, was refused, or is gone', async () => {
  const { clock, connect, join } = openConnections();
  expect((await join(apiKey)).settled).toBe(1);
  expect((await join('nobody’s key')).settled).toBeGreaterThan(0);
  const silent = connect();
  expect(silent.settled).toBe(0);
  clock.advance(5_000);
  expect(silent).toMatchObject({ closed: 4408, settled: 1 });
});

test('[B2] [C2] who takes nothing of the log for the time is closed with 4408, to come back for the rest', async () => {
  const { clock, join, sessions, worker } = openConnections();
  const client = await join(apiKey);
  await client.say('input', { content: 'go' });
  worker.say({ type: 'raw', data: { kind: 'x', raw: 'y'.repeat(200_000) } });
  worker.say({ type: 'raw', data: { kind: 'x', raw: 'y'.repeat(200_000) } });
  clock.advance(29_999);
  expect(client.closed).toBeUndefined();
  clock.advance(1);
  expect(client.closed).toBe(4408);
  await sessions.close({ keepAgents: false });
});

test('[B2] a large event on its way is no reason to send anybody away', async () => {
  const { join, sessions, worker } = openConnections();
  const client = await join(apiKey);
  await client.say('input', { content: 'go' });
  worker.say({ type: 'raw', data: { kind: 'x', raw: 'y'.repeat(200_000) } });
  await client.say('ping');
  expect(client.told('pong')).toHaveLength(1);
  expect(client.closed).toBeUndefined();
  await sessions.close({ keepAgents: false });
});

test('[B3] frames about the connection say that they go first', async () => {
  const { join } = openConnections();
  const client = await join(apiKey);
  await client.say('ping');
  client.connection.goAway('gateway_stopping', 300);
  const first = client.frames.filter(({ priority }) => priority === 'control');
  expect(first.map(({ event }) => event.type)).toEqual(['pong', 'control']);
});
