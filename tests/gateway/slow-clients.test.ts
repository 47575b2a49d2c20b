import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hugeText } from '../../apps/gateway/src/worker/demo/agent/huge-text.ts';
import { openOperators } from '../support/operators.ts';
import { openRawClient, type RawClient } from '../support/raw-client.ts';
import { residentMemory } from '../support/resident-memory.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';

const key = { 'x-api-key': apiKey };
let gateway: RunningGateway;
let operators: Awaited<ReturnType<typeof openOperators>>;
beforeEach(async () => {
  operators = await openOperators();
});
afterEach(() => gateway[Symbol.asyncDispose]());
const start = async (env: Record<string, string> = {}) => {
  gateway = await startGateway({ env: { ...operators.env, ...env } });
};

/** A client in a session: its own, or the one that is named, from where it was. */
async function join(init: Record<string, unknown> = {}): Promise<RawClient> {
  const client = await openRawClient(gateway.port, key);
  client.send('init', { version: 'aep/v1', worker_type: 'demo', ...init });
  await client.heard('init_ack');
  return client;
}
const sessionOf = ({ frames }: RawClient) => String(frames[0]?.session_id);
const logged = ({ frames }: RawClient) =>
  frames.filter(({ event }) => !['init_ack', 'control', 'pong'].includes(event.type));
const textOf = (client: RawClient) =>
  logged(client)
    .flatMap(({ event }) => (event.type === 'message.delta' ? [event.data.content] : []))
    .join('');
const ended = (count: number) => {
  let left = count;
  return (): boolean => --left === 0;
};

const rounds = 8;
const whole = hugeText().repeat(rounds);
/** 16 MB of answers; resolves when the last turn has ended, as another client of the session hears it. */
async function talk(session: string): Promise<void> {
  using driver = await join({ session_id: session });
  const over = driver.heard('done', ended(rounds));
  for (let round = 0; round < rounds; round++) driver.send('input', { content: 'huge' }, randomUUID());
  await over;
}

test('[B2] [W7] clients that stop reading cost no memory and disturb nobody, and end complete', async () => {
  // A small nursery is emptied often: less of what is measured is waste that was not collected yet.
  await start({ HOTPLEX_GATEWAY_SLOW_CLIENT_TIMEOUT: '10m', NODE_OPTIONS: '--max-semi-space-size=2' });
  const clients = await Promise.all(Array.from({ length: 8 }, () => join()));
  // One that reads, so that what the gateway needs for the work itself is known.
  const reader = await join();
  const read = reader.heard('done', ended(rounds));
  await talk(sessionOf(reader));
  // The one who asks may have heard the end before the one who reads.
  await read;
  expect(textOf(reader) === whole).toBe(true);
  const before = residentMemory(gateway.process.pid);
  for (const client of clients) client.stream.pause();
  for (const client of clients) await talk(sessionOf(client));
  const grown = residentMemory(gateway.process.pid) - before;
  const other = await join();
  other.send('input', { content: 'flood 10' });
  await other.heard('done');
  // Kept in the sockets it would be about 13 MB each, besides some 50 that the turns themselves leave to be collected.
  expect(grown).toBeLessThan(80);
  for (const client of clients) {
    expect(textOf(client)).toBe('');
    client.stream.resume();
    await client.heard('done', ended(rounds));
    const log = logged(client);
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, at) => at + 1));
    expect(textOf(client) === whole).toBe(true);
    expect(client.frames.filter(isSlow)).toHaveLength(1);
    client.stream.destroy();
  }
});
const isDone = ({ event }: RawClient['frames'][number]) => event.type === 'done';
const isSlow = ({ event }: RawClient['frames'][number]) =>
  event.type === 'control' && event.data.action === 'throttle' && event.data.reason === 'slow_client';

test('[B2] [C2] a client that reads nothing for gateway.slow_client_timeout is closed, and finds the rest when it comes back', async () => {
  await start({ HOTPLEX_GATEWAY_SLOW_CLIENT_TIMEOUT: '1s' });
  const stuck = await join();
  const session = sessionOf(stuck);
  const driver = await join({ session_id: session });
  stuck.stream.pause();
  const over = driver.heard('done', ended(rounds));
  for (let round = 0; round < rounds; round++) driver.send('input', { content: 'huge' }, randomUUID());
  await over;
  await expect.poll(operators.connections, { timeout: 15_000 }).toBe(1);
  stuck.stream.resume();
  await stuck.closed;
  const last = logged(stuck).at(-1)?.seq ?? 0;
  expect(last).toBeLessThan(logged(driver).length);
  const again = await join({ session_id: session, last_seq: last });
  await again.heard('done', ended(rounds - stuck.frames.filter(isDone).length));
  expect(textOf(stuck) + textOf(again) === whole).toBe(true);
  again.stream.destroy();
  driver.stream.destroy();
});
