import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../ground/clock.ts';
import type { Logger } from '../ground/logger.ts';
import { StartError } from '../ground/start-error.ts';
import { readPrivateFile, writePrivateFile } from './private-file.ts';
import { type PublicKey, publicKey, thumbprint } from './public-key.ts';
import { type CurrentValue, watchFile } from './watched-file.ts';

export type SigningKey = {
  privateKey: KeyObject;
  publicKey: PublicKey;
  /** Keys before this one, and until when (Unix milliseconds) there may be tokens of theirs. */
  retired: readonly { key: PublicKey; until: number }[];
};

/** No token lives longer (`maxTokenAge` of the verifier), and clocks differ a little. */
const longestTokenMs = 65 * 60_000;

const stored = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  d: z.string(),
  kid: z.string(),
  retired: z.array(z.object({ key: publicKey, until: z.number() })).default([]),
});

/** The gateway's own ES256 key: random, made on the first start, readable by its user alone (J7). Throws StartError. */
export function loadSigningKey(file: string): SigningKey {
  try {
    const { d, retired, ...rest } = readStored(file);
    return {
      privateKey: createPrivateKey({ key: { ...rest, d }, format: 'jwk' }),
      publicKey: publicKey.parse({ ...rest, alg: 'ES256', use: 'sig' }),
      retired,
    };
  } catch (cause) {
    throw new StartError(
      `the signing key ${file} cannot be used (${reasonOf(cause)}): correct that, or remove the file to have a new key made; browsers then sign in again`,
      { cause },
    );
  }
}

/** The same for as long as the gateway runs: a key that took its place is in use within seconds. */
export function watchSigningKey(
  file: string,
  options: { clock: Clock; logger: Logger; refresh?: (() => void) | undefined },
): CurrentValue<SigningKey> {
  return watchFile({ ...options, file, read: () => loadSigningKey(file), holds: 'signing keys' });
}

/** Puts a new key in place of the one in the file, whose tokens stay good for as long as they live. Throws StartError. */
export function rotateSigningKey(file: string, now: number): SigningKey {
  const { publicKey: key, retired } = loadSigningKey(file);
  const live = [{ key, until: now + longestTokenMs }, ...retired.filter(({ until }) => until > now)];
  writePrivateFile(file, JSON.stringify({ ...newKey(), retired: live }));
  return loadSigningKey(file);
}

const readStored = (file: string) => stored.parse(JSON.parse(readPrivateFile(file, createKey)));
const createKey = () => JSON.stringify(newKey());

function newKey() {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = pair.privateKey.export({ format: 'jwk' });
  const { x = '', y = '' } = jwk;
  const kid = thumbprint({ kty: 'EC', crv: 'P-256', x, y });
  return { ...jwk, kid, alg: 'ES256', use: 'sig' };
}

function reasonOf(cause: unknown): string {
  if (cause instanceof z.ZodError || cause instanceof SyntaxError) return 'it is not a private P-256 key';
  return cause instanceof Error ? cause.message : String(cause);
}
