import { createPrivateKey } from 'node:crypto';
import { SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { digest } from '../../src/auth/digest.ts';
import { sharedSecretKeys } from '../../src/auth/shared-secret.ts';
import { forgeToken, validClaims } from './forge-token.ts';
import { openDoor } from './open-door.ts';

const secret = '0123456789abcdef0123456789abcdef';
/** What the reference makes of it, and the public point, compressed. */
const vectors = [
  {
    of: 'newer clients (HKDF-SHA256, info `hotplex-ecdsa-p256`)',
    d: '4ce1cb48cf650edc86170b24b4e8fd662d66fb1ed54c327b390bbca790e393cb',
    point: '03a961492dc3e5adc7482dd3dfcc6fbc037ab58a9a3114672a3a48f86d3fb36825',
  },
  {
    of: 'older clients (its first 32 bytes)',
    d: '3031323334353637383961626364656630313233343536373839616263646567',
    point: '038bea3ef824cac3164ef0dbabc5ea1490aa96b23bd2b6e27dd7ad799bdf70baf6',
  },
];
const keys = sharedSecretKeys(secret);
const signers = keys.map(({ x, y }, index) =>
  createPrivateKey({
    key: {
      ...{ kty: 'EC', crv: 'P-256', x, y },
      d: Buffer.from(vectors[index]?.d ?? '', 'hex').toString('base64url'),
    },
    format: 'jwk',
  }),
);
const [newer] = signers;
if (!newer) throw new Error('the secret gives no key');

/** As the reference signs: no key is named, and no class. */
const tokenOf = (claims: Record<string, unknown> = validClaims, signer = newer) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ: 'JWT' }).sign(signer);
const ask = (token: string, sharedKeys = keys) =>
  openDoor({ sharedKeys }).authenticate({ kind: 'bearer', token }, { address: '127.0.0.1', origin: null });

test.each(vectors)('the secret gives the key that the reference makes of it: $of', ({ point }) => {
  const points = keys.map(({ x, y }) => {
    const isOdd = (Buffer.from(y, 'base64url').at(-1) ?? 0) & 1;
    return `0${2 + isOdd}${Buffer.from(x, 'base64url').toString('hex')}`;
  });
  expect(points).toContain(point);
});

test('a secret in base64, of either alphabet, is its 32 bytes', () => {
  const bytes = Buffer.from(`fbefbe${digest('any bytes').slice(6)}`, 'hex');
  const [plain, url] = [bytes.toString('base64'), bytes.toString('base64url')];
  expect(plain).toContain('+');
  expect(sharedSecretKeys(plain)).toEqual(sharedSecretKeys(url));
  expect(sharedSecretKeys(url)).toEqual(sharedSecretKeys(`${url}=`));
  expect(sharedSecretKeys(plain)).not.toEqual(sharedSecretKeys(`${plain}=`));
});

test('tokens made with the secret are taken where it is configured, and nowhere else', async () => {
  for (const signer of signers) {
    const token = await tokenOf(validClaims, signer);
    expect(await ask(token)).toMatchObject({ subject: 'alice', tokenId: 'token-1', role: 'driver' });
    await expect(ask(token, [])).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  }
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
  ['[J1] that names the key', () => forgeToken({ key: newer, header: { kid: keys[0]?.kid } })],
  ['[P4] of another key, naming none', () => forgeToken({ key: openDoor().key.privateKey, header: {} })],
])('a token %s is refused all the same', async (_, forge) => {
  await expect(ask(await forge())).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
});

test.each([
  ['31 characters', secret.slice(1), /shorter than 32/],
  ['one character many times', 'a'.repeat(43), /repeats/],
  ['a placeholder', 'change-me-0123456789abcdef0123456789', /placeholder/],
])('[A1] %s as the secret is no start', (_, chosen, sentence) => {
  expect(() => sharedSecretKeys(chosen)).toThrow(sentence);
});
