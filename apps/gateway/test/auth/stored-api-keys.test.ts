import { expect, test } from 'vitest';
import { createStoredApiKeys, newApiKey } from '../../src/auth/stored-api-keys.ts';
import { GatewayError } from '../../src/ground/gateway-error.ts';
import { openDoor } from './open-door.ts';

const here = { address: '127.0.0.1', origin: null };
const minute = 60_000;

function openWithKey(options: { role?: 'viewer' | 'driver'; lifetimeMs?: number } = {}) {
  const door = openDoor();
  const { role = 'driver', lifetimeMs } = options;
  const { key, record } = newApiKey({ name: 'ci', subject: 'key:ci', role, lifetimeMs }, door);
  door.store.saveApiKey(record);
  return { ...door, key, id: record.id };
}

test('[A4] [A6] a key is somebody by its name, with its own role, and only its digest is kept', async () => {
  const { authenticate, key, id, store } = openWithKey({ role: 'viewer' });
  expect(key).toMatch(/^hotplex_[0-9a-f]{12}_[\w-]{43}$/);
  for (const credential of [
    { kind: 'api_key', key },
    { kind: 'bearer', token: key },
    { kind: 'any', token: key },
  ] as const)
    expect(await authenticate(credential, here)).toEqual({
      ...{ subject: 'key:ci', botId: null, role: 'viewer', method: 'api_key' },
      ...{ expiresAt: null, tokenId: id, signedInAt: null },
    });
  expect(JSON.stringify(store.apiKeys())).not.toContain(key.slice(-43));
});

test('[A6] the right id with another secret, or a piece of the key, is a guess', async () => {
  const { authenticate, key } = openWithKey();
  const other = openWithKey().key;
  const guesses = [
    key.slice(0, -43) + other.slice(-43),
    key.slice(0, -1),
    `${key}A`,
    key.toUpperCase(),
    other,
  ];
  for (const [index, guess] of guesses.entries())
    await expect(
      authenticate({ kind: 'api_key', key: guess }, { ...here, address: `10.0.0.${index}` }),
    ).rejects.toMatchObject({ code: 'UNAUTHORIZED', details: undefined });
});

test('[J8] a revoked key is refused at once, and so is the ticket that it made', async () => {
  const { authenticate, clock, id, key, store, tickets } = openWithKey();
  const identity = await authenticate({ kind: 'api_key', key }, here);
  const ticket = tickets.issue(identity, { origin: null, session: undefined });
  store.revokeApiKey(id, clock.now());
  for (const token of [key, ticket])
    await expect(authenticate({ kind: 'any', token }, here)).rejects.toMatchObject({
      ...{ code: 'UNAUTHORIZED', details: { reason: 'revoked' } },
    });
});

test('a key that was given a time is void after it, and says until when it is good', async () => {
  const { authenticate, clock, key } = openWithKey({ lifetimeMs: 10 * minute });
  const { expiresAt } = await authenticate({ kind: 'api_key', key }, here);
  expect(expiresAt).toBe(clock.now() + 10 * minute);
  clock.advance(10 * minute);
  await expect(authenticate({ kind: 'api_key', key }, here)).rejects.toMatchObject({
    ...{ code: 'UNAUTHORIZED', details: { reason: 'expired' } },
  });
});

test('when a key was last used is known to the minute, and no request waits for more', async () => {
  const { authenticate, clock, id, key, store } = openWithKey();
  const start = clock.now();
  const usedAfter = async (ms: number) => {
    clock.advance(ms);
    await authenticate({ kind: 'api_key', key }, here);
    return (store.apiKey(id)?.lastUsedAt ?? 0) - start;
  };
  expect(await usedAfter(0)).toBe(0);
  expect(await usedAfter(59_000)).toBe(0);
  expect(await usedAfter(1_000)).toBe(minute);
});

test('[G11] a key is good while its use cannot be taken down', () => {
  const { clock, key, logged, logger, store } = openWithKey();
  const full = () => {
    throw new GatewayError('GATEWAY_OVERLOAD', 'the disk is full');
  };
  const find = createStoredApiKeys({ store: { ...store, noteApiKeyUse: full }, clock, logger });
  expect(find(key)).toMatchObject({ subject: 'key:ci' });
  expect(logged.join()).toContain('was not taken down');
  expect(logged.join()).not.toContain(key);
});
