import { closeCodes } from '@hotplex/aep-protocol';
import { expect, test } from 'vitest';
import { GatewayError } from '../../src/ground/gateway-error.ts';
import type { Store } from '../../src/store/store.ts';
import { apiKey } from '../auth/open-door.ts';
import { createLateStore } from '../support/late-store.ts';
import { openConnections } from './open-connections.ts';

const init = { version: 'aep/v1', worker_type: 'scripted', auth: { token: apiKey } };
/** All that can be done by now is done. */
const later = () => new Promise(setImmediate);

/** Connections over a store in which nothing settles before a test says so. */
function open() {
  const late: Partial<ReturnType<typeof createLateStore<Store>>> = {};
  const world = openConnections({
    keepIn: (store) => Object.assign(late, createLateStore(store, { byHand: true })).store,
  });
  const settle = async () => {
    await later();
    late.settle?.();
    await later();
  };
  const refuse = () => late.refuse?.(new GatewayError('RECONNECT_REQUIRED', 'it is elsewhere'));
  /** A client whose session is not settled. */
  const arrive = async (wish: Record<string, unknown> = {}) => {
    const client = world.connect();
    void client.say('init', { ...init, ...wish });
    await later();
    return client;
  };
  return { ...world, arrive, settle, refuse };
}

test('[H4] a session that was just made is announced once it is settled', async () => {
  const { arrive, settle } = open();
  const client = await arrive();
  expect(client.frames).toEqual([]);
  await settle();
  expect(client.told('init_ack')).toMatchObject([{ state: 'created', last_seq: 0 }]);
});

test('[H5] one that cannot be settled is refused, and its client comes back', async () => {
  const { clock, arrive } = open();
  const client = await arrive();
  clock.advance(10_000);
  await later();
  expect(client.told('init_ack')).toMatchObject([{ code: 'GATEWAY_OVERLOAD' }]);
  expect(client.closed).toBe(closeCodes.overload.code);
});

test('a client that is gone by then leaves nothing behind', async () => {
  const { arrive, settle, connect } = open();
  for (let count = 0; count < 5; count += 1) {
    const client = await arrive();
    client.connection.closed();
    await settle();
    expect(client.frames).toEqual([]);
  }
  const last = connect();
  void last.say('init', init);
  await settle();
  expect(last.told('init_ack')).toMatchObject([{ state: 'created' }]);
});

test('[R3] a client that comes in the middle is told of each event once', async () => {
  const { arrive, settle } = open();
  const pair = { session_id: 'a pair' };
  const first = await arrive(pair);
  await settle();
  await first.say('input', { content: 'hello' });
  const second = await arrive({ ...pair, last_seq: 0 });
  expect([first.received, second.received]).toEqual([[], []]);
  await settle();
  expect([first.received, second.received]).toEqual([
    [1, 2, 3, 4],
    [1, 2, 3, 4],
  ]);
});

test('[I2] the receipt of a prompt that was sent twice waits for the prompt', async () => {
  const { arrive, settle } = open();
  const client = await arrive();
  await settle();
  await client.say('input', { content: 'hello', input_id: 'i' });
  void client.say('input', { content: 'hello', input_id: 'i' });
  await later();
  expect(client.told('input.receipt')).toEqual([]);
  await settle();
  expect(client.told('input.receipt')).toMatchObject([{ input_id: 'i', duplicate: true }]);
});

test('[C2] whoever follows a session that moved is sent after it', async () => {
  const { arrive, settle, refuse, sessions } = open();
  const client = await arrive();
  await settle();
  await client.say('input', { content: 'hello' });
  const id = String(client.told('init_ack')[0]?.session_id);
  expect(sessions.live(id)).toBeDefined();
  refuse();
  await later();
  expect(client.told('control')).toMatchObject([
    { action: 'reconnect', reason: 'session_moved', resume_session: true },
  ]);
  expect(client.closed).toBe(closeCodes.goingAway.code);
  expect(client.received).toEqual([]);
  expect(sessions.live(id)).toBeUndefined();
});
