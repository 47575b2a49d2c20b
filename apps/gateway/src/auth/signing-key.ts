import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  type CryptoKey,
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
} from 'jose';
import { StartError } from '../ground/start-error.ts';

export type SigningKey = { kid: string; privateKey: CryptoKey; publicJwk: JWK };

/** The gateway's own ES256 key, made on the first start and readable by its user alone (J7). */
export async function loadSigningKey(file: string): Promise<SigningKey> {
  try {
    if (!existsSync(file)) await createKey(file);
    chmodSync(file, 0o600);
    const jwk = JSON.parse(readFileSync(file, 'utf8')) as JWK;
    const { d: _, ...publicJwk } = jwk;
    const privateKey = await importJWK(jwk, 'ES256');
    if (privateKey instanceof Uint8Array || !jwk.kid || !jwk.d)
      throw new Error('not a private P-256 key with a kid');
    return { kid: jwk.kid, privateKey, publicJwk };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StartError(
      `the signing key ${file} cannot be used (${reason}): check its permissions, or remove it to have a new one made; browsers then sign in again`,
      { cause },
    );
  }
}

async function createKey(file: string): Promise<void> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint(jwk);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, JSON.stringify({ ...jwk, kid, alg: 'ES256', use: 'sig' }), { mode: 0o600, flag: 'wx' });
}
