import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { StartError } from '../ground/start-error.ts';
import { readPrivateFile } from './private-file.ts';
import { type PublicKey, publicKey, thumbprint } from './public-key.ts';

export type SigningKey = { privateKey: KeyObject; publicKey: PublicKey };

const stored = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  d: z.string(),
  kid: z.string(),
});

/** The gateway's own ES256 key: random, made on the first start, readable by its user alone (J7). Throws StartError. */
export function loadSigningKey(file: string): SigningKey {
  try {
    const { d, ...rest } = stored.parse(JSON.parse(readPrivateFile(file, createKey)));
    return {
      privateKey: createPrivateKey({ key: { ...rest, d }, format: 'jwk' }),
      publicKey: publicKey.parse({ ...rest, alg: 'ES256', use: 'sig' }),
    };
  } catch (cause) {
    throw new StartError(
      `the signing key ${file} cannot be used (${reasonOf(cause)}): correct that, or remove the file to have a new key made; browsers then sign in again`,
      { cause },
    );
  }
}

function createKey(): string {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = pair.privateKey.export({ format: 'jwk' });
  const { x = '', y = '' } = jwk;
  const kid = thumbprint({ kty: 'EC', crv: 'P-256', x, y });
  return JSON.stringify({ ...jwk, kid, alg: 'ES256', use: 'sig' });
}

function reasonOf(cause: unknown): string {
  if (cause instanceof z.ZodError || cause instanceof SyntaxError) return 'it is not a private P-256 key';
  return cause instanceof Error ? cause.message : String(cause);
}
