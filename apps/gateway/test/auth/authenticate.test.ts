import { expect, test } from 'vitest';
import { createApiKeys } from '../../src/auth/api-key.ts';
import { apiKey, openDoor } from './open-door.ts';

const here = { address: '127.0.0.1', origin: 'http://127.0.0.1:8888' };
const signedIn = async (door: ReturnType<typeof openDoor>) => {
  const { accessToken } = await door.signIn.redeemCode(door.signIn.newCode());
  return { accessToken, identity: await door.authenticate({ kind: 'bearer', token: accessToken }, here) };
};

test('[A4] an API key is somebody of its own, in its header, as a bearer and in init', async () => {
  const { authenticate } = openDoor();
  const expected = {
    subject: 'key:tests',
    role: 'driver',
    method: 'api_key',
    expiresAt: null,
    tokenId: null,
    signedInAt: null,
    botId: null,
  };
  expect(await authenticate({ kind: 'api_key', key: apiKey }, here)).toEqual(expected);
  expect(await authenticate({ kind: 'bearer', token: apiKey }, here)).toEqual(expected);
  expect(await authenticate({ kind: 'any', token: apiKey }, here)).toEqual(expected);
  for (const key of [`${apiKey}x`, apiKey.slice(1), '', apiKey.toUpperCase()])
    await expect(authenticate({ kind: 'api_key', key }, here)).rejects.toMatchObject({
      code: 'UNAUTHORIZED',
    });
});

test('[J5] a token is no API key, a ticket is no token, a refresh token is neither', async () => {
  const door = openDoor();
  const { refreshToken, accessToken } = await door.signIn.redeemCode(door.signIn.newCode());
  const identity = await door.authenticate({ kind: 'bearer', token: accessToken }, here);
  const ticket = door.tickets.issue(identity, { origin: here.origin, session: undefined });
  const wrong = [
    { kind: 'api_key', key: accessToken },
    { kind: 'bearer', token: ticket },
    { kind: 'api_key', key: ticket },
    { kind: 'bearer', token: refreshToken },
  ] as const;
  for (const credential of wrong)
    await expect(door.authenticate(credential, here)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
});

test.each([
  ['31 characters', 'abcdefghijklmnopqrstuvwxyz01234', /shorter than 32/],
  ['one character many times', 'a'.repeat(64), /repeats/],
  ['a placeholder', 'replace-me-with-32-random-characters', /placeholder/],
  ['an example', 'example-key-0123456789abcdef0123456789', /placeholder/],
  ['a line break', 'abcdefghijklmnopqrstuvwxyz0123456789\n', /header/],
])('[A1] a key of %s is no start', (_, key, sentence) => {
  expect(() => createApiKeys([{ name: 'ci', key }])).toThrow(sentence);
});

test('[A1] two keys that are one are no start; keys without a name are told apart', () => {
  const other = `${apiKey}-other`;
  expect(() =>
    createApiKeys([
      { name: 'a', key: apiKey },
      { name: 'b', key: apiKey },
    ]),
  ).toThrow(/same/);
  expect(() =>
    createApiKeys([
      { name: 'a', key: apiKey },
      { name: 'a', key: other },
    ]),
  ).toThrow(/same/);
  const { find } = createApiKeys([
    { name: null, key: apiKey },
    { name: null, key: other },
  ]);
  expect(find(apiKey)?.subject).toMatch(/^key:[0-9a-f]{12}$/);
  expect(find(apiKey)?.subject).not.toBe(find(other)?.subject);
});

test('[A3] a ticket opens one socket, within 30 s, for the page it was made for', async () => {
  const door = openDoor();
  const { identity } = await signedIn(door);
  const open = (ticket: string, origin: string | null = here.origin) =>
    door.authenticate({ kind: 'any', token: ticket }, { ...here, origin });
  const ticket = door.tickets.issue(identity, { origin: here.origin, session: undefined });
  expect(ticket.length).toBeGreaterThan(42);
  expect(await open(ticket)).toEqual({ ...identity, method: 'ticket' });
  await expect(open(ticket)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });

  for (const origin of ['https://evil.example', null]) {
    const stolen = door.tickets.issue(identity, { origin: here.origin, session: undefined });
    await expect(open(stolen, origin)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    await expect(open(stolen)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  }

  const late = door.tickets.issue(identity, { origin: here.origin, session: undefined });
  door.clock.advance(30_000);
  await expect(open(late)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
});

test('[A3] a ticket is for the session that it names, or for a new one, and void after another try', async () => {
  const door = openDoor();
  const { identity } = await signedIn(door);
  const open = (ticket: string, session: readonly string[]) =>
    door.authenticate({ kind: 'any', token: ticket }, { ...here, session });
  const issue = (session: string | undefined) =>
    door.tickets.issue(identity, { origin: here.origin, session });
  expect(await open(issue('s1'), ['s1'])).toMatchObject({ subject: 'local' });
  expect(await open(issue('s1'), ['id', 's1'])).toMatchObject({ subject: 'local' });
  expect(await open(issue(undefined), [])).toMatchObject({ subject: 'local' });
  for (const [named, opened] of [
    ['s1', ['s2']],
    ['s1', []],
    [undefined, ['s1']],
  ] as const) {
    // Each of these is a guess.
    door.clock.advance(60_000);
    const ticket = issue(named);
    await expect(open(ticket, opened)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    await expect(open(ticket, named ? [named] : [])).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  }
});

test('[A3] [J8] a ticket is worth no more than the token it was made with', async () => {
  const door = openDoor();
  const { identity } = await signedIn(door);
  const ticket = door.tickets.issue(identity, { origin: here.origin, session: undefined });
  door.store.revokeToken(identity.tokenId ?? '', identity.expiresAt ?? 0);
  await expect(door.authenticate({ kind: 'any', token: ticket }, here)).rejects.toMatchObject({
    details: { reason: 'revoked' },
  });
});

test('[G10] tickets nobody uses are forgotten', async () => {
  const door = openDoor();
  const { identity } = await signedIn(door);
  const first = door.tickets.issue(identity, { origin: here.origin, session: undefined });
  for (let count = 0; count < 10_000; count++)
    door.tickets.issue(identity, { origin: here.origin, session: undefined });
  await expect(door.authenticate({ kind: 'any', token: first }, here)).rejects.toMatchObject({
    code: 'UNAUTHORIZED',
  });
});
