import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../src/ground/clock.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import { forgeByHand, forgeToken, validClaims } from './forge-token.ts';
import { newSigningKey } from './new-signing-key.ts';
import { openDoor } from './open-door.ts';

const key = newSigningKey();
const { privateKey } = key;
const { kid } = key.publicKey;
const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const here = { address: '127.0.0.1', origin: null };
const refused = { code: 'UNAUTHORIZED' };

const bearer = (token: string, door = openDoor({ key })) =>
  door.authenticate({ kind: 'bearer', token }, here);
const without = (...names: (keyof typeof validClaims)[]) =>
  Object.fromEntries(Object.entries(validClaims).filter(([name]) => !(names as string[]).includes(name)));
const signed = (claims: Record<string, unknown>, header: Record<string, unknown> = {}) =>
  forgeToken({ key: privateKey, header: { kid, ...header }, claims });

test('[A4] a good token says who is asking, and nothing but the token does', async () => {
  expect(await bearer(await signed({ ...validClaims, bot_id: 'bot-7' }))).toEqual({
    subject: 'alice',
    botId: 'bot-7',
    role: 'driver',
    method: 'token',
    expiresAt: validClaims.exp * 1_000,
    tokenId: 'token-1',
    signedInAt: validClaims.iat * 1_000,
  });
  expect(await bearer(await signed(validClaims))).toMatchObject({ subject: 'alice', botId: null });
});

const spki = key.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
const pem = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ed = generateKeyPairSync('ed25519');
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' });

test.each<[string, () => string | Promise<string>]>([
  ['[P1] alg none, without a signature', () => forgeByHand({ alg: 'none', kid })],
  ['[P1] alg None, spelled otherwise', () => forgeByHand({ alg: 'NonE', kid })],
  ['[P2] HS256 with our public key as the secret', () => forgeByHand({ alg: 'HS256', kid }, publicPem())],
  ['[P2] HS256 with our private key as the secret', () => forgeByHand({ alg: 'HS256', kid }, spki)],
  ['[P3] RS256', () => forgeToken({ key: pem.privateKey, header: { alg: 'RS256', kid } })],
  ['[P3] ES384', () => forgeToken({ key: p384.privateKey, header: { alg: 'ES384', kid } })],
  ['[P3] EdDSA', () => forgeToken({ key: ed.privateKey, header: { alg: 'EdDSA', kid } })],
  [
    '[P4] ES256 by another key under our kid',
    () => forgeToken({ key: stranger.privateKey, header: { kid } }),
  ],
  ['[P6] a kid that looks like a path', () => signed(validClaims, { kid: '../../../../dev/null' })],
  ['[J1] no kid', () => signed(validClaims, { kid: undefined })],
  [
    '[J1] a key brought along',
    () =>
      forgeToken({
        key: stranger.privateKey,
        header: { kid, jwk: stranger.publicKey.export({ format: 'jwk' }) },
      }),
  ],
  ['[P7] no exp', () => signed(without('exp'))],
  ['[P8] no aud', () => signed(without('aud'))],
  ['[P8] no iss', () => signed(without('iss'))],
  ['[P8] no jti', () => signed(without('jti'))],
  ['[J4] no sub', () => signed(without('sub'))],
  ['[J4] no iat', () => signed(without('iat'))],
  ['[P9] wrong aud', () => signed({ ...validClaims, aud: 'another-service' })],
  ['[P9] wrong iss', () => signed({ ...validClaims, iss: 'https://evil.example' })],
  ['[P10] iat two minutes in the future', () => signed({ ...validClaims, iat: validClaims.iat + 120 })],
  ['[P10] not valid before in two minutes', () => signed({ ...validClaims, nbf: validClaims.nbf + 120 })],
  ['[P11] expired 31 s ago', () => signed({ ...validClaims, exp: validClaims.iat - 31 })],
  [
    '[J] ten years of life, made two hours ago',
    () => signed({ ...validClaims, iat: validClaims.iat - 7_200, exp: validClaims.iat + 315_360_000 }),
  ],
  ['[P12] typ JWT', () => signed(validClaims, { typ: 'JWT' })],
  ['[J5] typ of a refresh token', () => signed(validClaims, { typ: 'rt+jwt' })],
  ['[J4] a subject of 129 characters', () => signed({ ...validClaims, sub: 'a'.repeat(129) })],
  ['[J4] an empty subject', () => signed({ ...validClaims, sub: '' })],
  ['[J4] a subject with a line break', () => signed({ ...validClaims, sub: 'alice\nadmin' })],
  ['[J4] a subject that is an object', () => signed({ ...validClaims, sub: { toString: 'alice' } })],
  ['[A4] a subject that is an API key', () => signed({ ...validClaims, sub: 'key:tests' })],
  ['[J4] a scope that is a list', () => signed({ ...validClaims, scope: ['sessions'] })],
  ['[P16] 100 kB of token', () => signed({ ...validClaims, padding: 'x'.repeat(100_000) })],
  ['[P16] 100 kB of nothing', () => `${'a'.repeat(50_000)}.${'b'.repeat(50_000)}.c`],
  ['[J2] five parts, as if encrypted', () => 'a.b.c.d.e'],
])('%s is refused', async (_, forge) => {
  await expect(bearer(await forge())).rejects.toMatchObject(refused);
});

function publicPem(): string {
  const { kid: _kid, use: _use, alg: _alg, ...jwk } = key.publicKey;
  return Buffer.from(JSON.stringify(jwk)).toString();
}

test('[P16] [J2] what is too long is refused before anything looks at it', async () => {
  const token = await signed({ ...validClaims, padding: 'x'.repeat(9_000) });
  await expect(bearer(token)).rejects.toMatchObject({ message: expect.stringContaining('longer') });
  const door = openDoor({ key });
  await expect(door.authenticate({ kind: 'any', token: `ticket_${token}` }, here)).rejects.toMatchObject({
    message: expect.stringContaining('longer'),
  });
});

test('[P5] [J1] an address in the header (jku, x5u) is never asked', async () => {
  const asked: (string | undefined)[] = [];
  await using listener = createServer((request, response) => {
    asked.push(request.url);
    response.end(JSON.stringify({ keys: [stranger.publicKey.export({ format: 'jwk' })] }));
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/keys`;
  for (const header of [{ jku: url }, { x5u: url }, { jku: url, kid }]) {
    const token = await forgeToken({ key: stranger.privateKey, header: { kid: 'evil', ...header } });
    await expect(bearer(token)).rejects.toMatchObject(refused);
  }
  expect((await fetch(url)).status).toBe(200);
  expect(asked).toEqual(['/keys']);
});

test('[P11] expired 3 s ago is within the tolerance; later the message says what to do', async () => {
  const door = openDoor({ key });
  const token = await signed({ ...validClaims, exp: validClaims.iat + 60 });
  door.clock.advance(63_000);
  expect(await bearer(token, door)).toMatchObject({ subject: 'alice' });
  door.clock.advance(3_000);
  await expect(bearer(token, door)).rejects.toMatchObject({
    code: 'UNAUTHORIZED',
    message: 'the token has expired: refresh it or sign in again',
    details: { reason: 'expired' },
  });
});

test('[P13] [J8] a revoked token stays refused after a restart, in any spelling of its signature', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hotplex-revoked-'));
  const path = join(folder, 'h.db');
  const token = await signed(validClaims);
  // ECDSA: (r, n - s) signs the same text as (r, s).
  const n = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const [head, body, signature = ''] = token.split('.');
  const bytes = Buffer.from(signature, 'base64url');
  const other = n - BigInt(`0x${bytes.subarray(32).toString('hex')}`);
  const twin = Buffer.concat([
    bytes.subarray(0, 32),
    Buffer.from(other.toString(16).padStart(64, '0'), 'hex'),
  ]);
  const spelledOtherwise = `${head}.${body}.${twin.toString('base64url')}`;
  const first = await openSqliteStore({ path, clock: systemClock });
  const door = openDoor({ key, store: first });
  expect(await bearer(token, door)).toMatchObject({ subject: 'alice' });
  expect(await bearer(spelledOtherwise, door)).toMatchObject({ subject: 'alice' });
  first.revokeToken(validClaims.jti, validClaims.exp * 1_000);
  first.close();
  const second = await openSqliteStore({ path, clock: systemClock });
  for (const text of [token, spelledOtherwise]) {
    await expect(bearer(text, openDoor({ key, store: second }))).rejects.toMatchObject({
      code: 'UNAUTHORIZED',
      details: { reason: 'revoked' },
    });
  }
  second.close();
  rmSync(folder, { recursive: true });
});

test('[J9] nothing of a refused credential is logged', async () => {
  const door = openDoor({ key });
  const token = await forgeToken({ key: stranger.privateKey, header: { kid } });
  await expect(bearer(token, door)).rejects.toMatchObject(refused);
  expect(door.logged).toHaveLength(1);
  expect(door.logged[0]).toContain('a credential was refused');
  for (const part of token.split('.')) expect(door.logged.join()).not.toContain(part.slice(0, 12));
});
