import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalAddress } from '../../src/auth/canonical-address.ts';
import { apiKey, openDoor } from './open-door.ts';

const from = (address: string) => ({ address, origin: null });
const loopback = from('127.0.0.1');
const wrong = { kind: 'api_key', key: 'not-the-key' } as const;
const right = { kind: 'api_key', key: apiKey } as const;
const limited = { code: 'RATE_LIMITED' };
const unknown = { code: 'UNAUTHORIZED' };

const fail = async (door: ReturnType<typeof openDoor>, times: number, attempt = loopback) => {
  for (let count = 0; count < times; count++)
    await expect(door.authenticate(wrong, attempt)).rejects.toMatchObject(unknown);
};

test('[A6] a hundred wrong keys from loopback: five are answered, then the peer waits', async () => {
  const door = openDoor();
  await fail(door, 5);
  for (let count = 0; count < 95; count++)
    await expect(door.authenticate(wrong, loopback)).rejects.toMatchObject(limited);
  await expect(door.authenticate(right, loopback)).rejects.toMatchObject({
    ...limited,
    details: { retry_after_ms: 1_000 },
  });
  expect(await door.authenticate(right, from('10.0.0.9'))).toMatchObject({ subject: 'key:tests' });
  door.clock.advance(1_000);
  expect(await door.authenticate(right, loopback)).toMatchObject({ subject: 'key:tests' });
  expect(door.logged).toEqual(
    Array.from({ length: 5 }, () =>
      JSON.stringify({ peer: '127.0.0.1', reason: 'unknown', message: 'a credential was refused' }),
    ),
  );
});

test('[A6] each further failure doubles the wait, up to five minutes, until a quiet quarter of an hour', async () => {
  const door = openDoor();
  await fail(door, 5);
  const waits: number[] = [];
  for (let count = 0; count < 12; count++) {
    const refusal = await door.authenticate(wrong, loopback).catch((error: unknown) => error);
    const { details } = refusal as { details: { retry_after_ms: number } };
    waits.push(details.retry_after_ms / 1_000);
    door.clock.advance(details.retry_after_ms);
    await fail(door, 1);
  }
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
  door.clock.advance(15 * 60_000);
  await fail(door, 5);
});

test('[A6] a success in between gives a guesser nothing', async () => {
  const door = openDoor();
  await fail(door, 4);
  expect(await door.authenticate(right, loopback)).toMatchObject({ subject: 'key:tests' });
  await fail(door, 1);
  await expect(door.authenticate(wrong, loopback)).rejects.toMatchObject(limited);
});

test('[A6] four wrong keys a second are slow enough', async () => {
  const door = openDoor();
  for (let second = 0; second < 5; second++) {
    await fail(door, 4);
    door.clock.advance(1_000);
  }
  expect(await door.authenticate(right, loopback)).toMatchObject({ subject: 'key:tests' });
});

test('[A6] a hundred guesses at once get no more answers than one after the other', async () => {
  const door = openDoor();
  const token = 'eyJhbGciOiJFUzI1NiIsImtpZCI6IngifQ.e30.AAAA';
  const guesses = Array.from({ length: 100 }, () =>
    door.authenticate({ kind: 'bearer', token }, loopback).catch((error: { code: string }) => error.code),
  );
  const answers = await Promise.all(guesses);
  expect(answers.filter((code) => code === 'UNAUTHORIZED')).toHaveLength(5);
  expect(answers.filter((code) => code === 'RATE_LIMITED')).toHaveLength(95);
});

test('[A6] a token that has expired is no guess: a browser that slept is not locked out', async () => {
  const door = openDoor();
  const { accessToken } = await door.signIn.redeemCode(door.signIn.newCode());
  door.clock.advance(16 * 60_000);
  for (let tab = 0; tab < 20; tab++) {
    await expect(door.authenticate({ kind: 'bearer', token: accessToken }, loopback)).rejects.toMatchObject({
      details: { reason: 'expired' },
    });
  }
  expect(await door.authenticate(right, loopback)).toMatchObject({ subject: 'key:tests' });
});

test('[A6] [GHSA-5847-rm3g-23mw] one peer has one count, however its address is spelled', async () => {
  const door = openDoor();
  const spellings = [
    '10.1.2.3',
    '::ffff:10.1.2.3',
    '::FFFF:a01:203',
    '0:0:0:0:0:ffff:10.1.2.3',
    '::ffff:0a01:0203',
  ];
  for (const address of spellings) await fail(door, 1, from(address));
  await expect(door.authenticate(right, from('::ffff:10.1.2.3'))).rejects.toMatchObject(limited);
});

test.each([
  ['::1', '::1'],
  ['0:0:0:0:0:0:0:1', '::1'],
  ['127.0.0.1', '127.0.0.1'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8:1:3::9', '2001:db8:1:3::/64'],
  ['not an address', 'unknown'],
  [undefined, 'unknown'],
])('[A6] %s counts as %s', (address, name) => {
  expect(canonicalAddress(address)).toBe(name);
});

test('[A6] every spelling of an IPv4 peer is the IPv4 peer; no text throws', () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
      const hex = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
      for (const spelling of [address, `::ffff:${address}`, `::ffff:${hex}`, `0:0:0:0:0:FFFF:${hex}%1`])
        expect(canonicalAddress(spelling)).toBe(address);
    }),
  );
  fc.assert(fc.property(fc.string(), (text) => typeof canonicalAddress(text) === 'string'));
});
