import { createPrivateKey } from 'node:crypto';
import { SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { digest } from '../../src/auth/digest.ts';
import { sharedSecretKey } from '../../src/auth/shared-secret.ts';
import { forgeToken, validClaims } from './forge-token.ts';
import { openDoor } from './open-door.ts';

const secret = '0123456789abcdef0123456789abcdef';
/** What the reference makes of it: HKDF-SHA256, info `hotplex-ecdsa-p256`; and the public point, compressed. */
const vector = {
  d: '4ce1cb48cf650edc86170b24b4e8fd662d66fb1ed54c327b390bbca790e393cb',
  point: '03a961492dc3e5adc7482dd3dfcc6fbc037ab58a9a3114672a3a48f86d3fb36825',
};
const key = sharedSecretKey(secret);
const { x, y } = key;
const privateKey = createPrivateKey({
  key: { kty: 'EC', crv: 'P-256', x, y, d: Buffer.from(vector.d, 'hex').toString('base64url') },
  format: 'jwk',
});

/** As the reference signs: no key is named, and no class. */
const tokenOf = (claims: Record<string, unknown> = validClaims) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ: 'JWT' }).sign(privateKey);
const ask = (token: string, sharedKey = key) =>
  openDoor({ sharedKey }).authenticate({ kind: 'bearer', token }, { address: '127.0.0.1', origin: null });

test('the secret gives the key that the reference makes of it', () => {
  const [first, last] = [vector.point.slice(0, 2), vector.point.slice(2)];
  expect(Buffer.from(x, 'base64url').toString('hex')).toBe(last);
  expect((Buffer.from(y, 'base64url').at(-1) ?? 0) & 1).toBe(first === '03' ? 1 : 0);
});

test('a secret in base64, of either alphabet, is its 32 bytes', () => {
  const bytes = Buffer.from(`fbefbe${digest('any bytes').slice(6)}`, 'hex');
  const [plain, url] = [bytes.toString('base64'), bytes.toString('base64url')];
  expect(plain).toContain('+');
  expect(sharedSecretKey(plain).x).toBe(sharedSecretKey(url).x);
  expect(sharedSecretKey(url).x).toBe(sharedSecretKey(`${url}=`).x);
  expect(sharedSecretKey(plain).x).not.toBe(sharedSecretKey(`${plain}=`).x);
});

test('tokens made with the secret are taken where it is configured, and nowhere else', async () => {
  expect(await ask(await tokenOf())).toMatchObject({ subject: 'alice', tokenId: 'token-1', role: 'driver' });
  const { authenticate } = openDoor();
  await expect(
    authenticate({ kind: 'bearer', token: await tokenOf() }, { address: '', origin: null }),
  ).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
});

const without = (name: keyof typeof validClaims) => {
  const { [name]: _, ...rest } = validClaims;
  return rest;
};
test.each<[string, () => Promise<string>]>([
  ['[P7] without exp', () => tokenOf(without('exp'))],
  ['[P8] without jti', () => tokenOf(without('jti'))],
  ['[P9] for somebody else', () => tokenOf({ ...validClaims, aud: 'another' })],
  ['[P11] that has expired', () => tokenOf({ ...validClaims, exp: validClaims.iat - 31 })],
  ['[J1] that names the key', () => forgeToken({ key: privateKey, header: { kid: key.kid } })],
  ['[P4] of another key, naming none', () => forgeToken({ key: openDoor().key.privateKey, header: {} })],
])('a token %s is refused all the same', async (_, forge) => {
  await expect(ask(await forge())).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
});

test.each([
  ['31 characters', secret.slice(1), /shorter than 32/],
  ['one character many times', 'a'.repeat(43), /repeats/],
  ['a placeholder', 'change-me-0123456789abcdef0123456789', /placeholder/],
])('[A1] %s as the secret is no start', (_, chosen, sentence) => {
  expect(() => sharedSecretKey(chosen)).toThrow(sentence);
});
