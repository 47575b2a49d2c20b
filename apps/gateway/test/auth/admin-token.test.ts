import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createAdminToken } from '../../src/auth/admin-token.ts';
import { loadAdminToken } from '../../src/auth/admin-token-file.ts';
import { newApiKey } from '../../src/auth/stored-api-keys.ts';
import { apiKey, openDoor } from './open-door.ts';

const token = 'operators-0123456789abcdef0123456789abcdef';
const here = { address: '127.0.0.1', origin: null };

function openAdmin() {
  const door = openDoor();
  const authenticate = createAdminToken({
    token,
    scoped: [],
    apiKeys: [{ key: apiKey }],
    findApiKey: door.storedKey,
    failures: door.failures,
  });
  return { authenticate, door };
}

test('[A7] the admin token is an operator, and owns no session of anybody', async () => {
  const { authenticate } = openAdmin();
  expect(await authenticate({ kind: 'bearer', token }, here)).toEqual({
    ...{ subject: 'operator', method: 'admin_token' },
    ...{ botId: null, role: 'admin', expiresAt: null, tokenId: null, signedInAt: null },
    scopes: ['admin:write'],
  });
});

test('[A1] [A7] two tokens of operators with one value are no start', () => {
  const { failures, storedKey } = openDoor();
  const scoped = [{ name: 'graphs', token, scopes: ['stats:read'] as const }];
  expect(() => createAdminToken({ token, scoped, apiKeys: [], findApiKey: storedKey, failures })).toThrow(
    /two tokens of operators have the same value/,
  );
});

test('[A7] no other credential opens the admin listener, and its token opens nothing else', async () => {
  const { authenticate, door } = openAdmin();
  const { accessToken, refreshToken } = await door.signIn.redeemCode(door.signIn.newCode());
  const wrong = [
    { kind: 'bearer', token: apiKey },
    { kind: 'bearer', token: accessToken },
    { kind: 'bearer', token: refreshToken },
    { kind: 'api_key', key: token },
    { kind: 'bearer', token: token.slice(0, -1) },
  ] as const;
  for (const [index, credential] of wrong.entries())
    await expect(authenticate(credential, { ...here, address: `10.0.0.${index}` })).rejects.toMatchObject({
      code: 'UNAUTHORIZED',
    });
  await expect(door.authenticate({ kind: 'bearer', token }, here)).rejects.toMatchObject({
    code: 'UNAUTHORIZED',
  });
});

test('[A7] a key with the role admin opens the admin listener and nothing else; another key does not', async () => {
  const { authenticate, door } = openAdmin();
  const newKey = (role: 'admin' | 'driver') => {
    const { key, record } = newApiKey(
      { name: `of-${role}`, subject: `key:of-${role}`, role, lifetimeMs: undefined },
      door,
    );
    door.store.saveApiKey(record);
    return { key, id: record.id };
  };
  const admin = newKey('admin');
  expect(await authenticate({ kind: 'bearer', token: admin.key }, here)).toMatchObject({
    ...{ subject: 'key:of-admin', role: 'admin' },
  });
  for (const credential of [
    { kind: 'api_key', key: admin.key },
    { kind: 'bearer', token: newKey('driver').key },
  ] as const)
    await expect(authenticate(credential, here)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  door.store.revokeApiKey(admin.id, door.clock.now());
  await expect(authenticate({ kind: 'bearer', token: admin.key }, here)).rejects.toMatchObject({
    ...{ code: 'UNAUTHORIZED', details: { reason: 'revoked' } },
  });
});

test('[A6] guesses at the admin token and at the main port have one count', async () => {
  const { authenticate, door } = openAdmin();
  const guess = { kind: 'bearer', token: 'guess' } as const;
  for (let count = 0; count < 2; count++)
    await expect(door.authenticate(guess, here)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  for (let count = 0; count < 3; count++)
    await expect(authenticate(guess, here)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  await expect(authenticate({ kind: 'bearer', token }, here)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  door.clock.advance(1_000);
  expect(await authenticate({ kind: 'bearer', token }, here)).toMatchObject({ subject: 'operator' });
});

test.each([
  ['31 characters', token.slice(0, 31), /is shorter than 32 characters: make one with/],
  ['one character many times', 'a'.repeat(40), /repeats/],
  ['a placeholder', 'change-me-0123456789abcdef0123456789', /placeholder/],
  ['one of the API keys', apiKey, /is one of security.api_keys/],
])('[A1] [A7] %s as the admin token is no start', (_, chosen, sentence) => {
  const { failures, storedKey } = openDoor();
  expect(() =>
    createAdminToken({
      ...{ token: chosen, scoped: [], apiKeys: [{ key: apiKey }], findApiKey: storedKey, failures },
    }),
  ).toThrow(sentence);
  const scoped = [{ name: 'graphs', token: chosen, scopes: ['stats:read'] as const }];
  expect(() =>
    createAdminToken({ token, scoped, apiKeys: [{ key: apiKey }], findApiKey: storedKey, failures }),
  ).toThrow(sentence);
});

test('[J7] an admin token that other users may read is no start, and the sentence has the remedy', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hotplex-admin-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'admin-token');
  const made = loadAdminToken(file);
  expect(loadAdminToken(file)).toBe(made);
  chmodSync(file, 0o644);
  expect(() => loadAdminToken(file)).toThrow(`chmod 600 ${file}`);
});
