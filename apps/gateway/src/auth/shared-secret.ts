import { createECDH, hkdfSync } from 'node:crypto';
import { StartError } from '../ground/start-error.ts';
import type { PublicKey } from './public-key.ts';
import { weaknessOf } from './weakness-of.ts';

const info = 'hotplex-ecdsa-p256';
/** The order of P-256 (SEC 2, 2.4.2). */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const fewestBytes = 32;

/** How the key is called here; tokens made with the secret name none. */
const kid = 'security.jwt_secret';

/**
 * The public halves of the keys that the reference's clients make of a secret they share with the gateway: newer ones a
 * private scalar out of HKDF-SHA256, older ones out of its first 32 bytes as they are, 1 ≤ d < n. Throws StartError for a
 * secret that can be guessed (A1).
 */
export function sharedSecretKeys(secret: string): readonly PublicKey[] {
  const bytes = decode(secret);
  const weakness = weaknessOf(secret) ?? (bytes.length < fewestBytes ? 'has fewer than 32 bytes' : undefined);
  if (weakness !== undefined)
    throw new StartError(`security.jwt_secret ${weakness}: make one with \`openssl rand -base64 32\``);
  const derived = Buffer.from(hkdfSync('sha256', bytes, '', info, 32));
  return [derived, bytes.subarray(0, 32)].map(publicHalf);
}

function publicHalf(seed: Buffer): PublicKey {
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(Buffer.from(scalarOf(seed), 'hex'));
  const point = curve.getPublicKey();
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'));
  return { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '', kid, alg: 'ES256', use: 'sig' };
}

function scalarOf(seed: Buffer): string {
  const scalar = (BigInt(`0x${seed.toString('hex')}`) % (order - 1n)) + 1n;
  return scalar.toString(16).padStart(64, '0');
}

/** Base64 of 32 bytes in either alphabet is those bytes, as for the reference; any other text is itself. */
function decode(secret: string): Buffer {
  const isBase64 = /^[A-Za-z0-9+/]{43}=$|^[\w-]{43}=?$/.test(secret);
  return Buffer.from(secret, isBase64 ? 'base64' : 'utf8');
}
