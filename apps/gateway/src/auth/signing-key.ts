import { createPrivateKey, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { StartError } from '../ground/start-error.ts';
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
    if (!existsSync(file)) createKey(file);
    refuseOpenFile(file);
    const { d, ...rest } = stored.parse(JSON.parse(readFileSync(file, 'utf8')));
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

/** Written beside and renamed: a crash leaves a whole key or none. */
function createKey(file: string): void {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = pair.privateKey.export({ format: 'jwk' });
  const { x = '', y = '' } = jwk;
  const key = { ...jwk, kid: thumbprint({ kty: 'EC', crv: 'P-256', x, y }), alg: 'ES256', use: 'sig' };
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, JSON.stringify(key), { mode: 0o600, flag: 'wx', flush: true });
  renameSync(draft, file);
}

/** Others who could read the key could sign in as anybody. NOTE: Windows has no such mode bits; its folders inherit the user's. */
function refuseOpenFile(file: string): void {
  const stat = statSync(file);
  if (!stat.isFile()) throw new Error('it is not a file');
  if (process.platform !== 'win32' && (stat.mode & 0o077) !== 0)
    throw new Error(`other users may read it; run \`chmod 600 ${file}\``);
}

function reasonOf(cause: unknown): string {
  if (cause instanceof z.ZodError || cause instanceof SyntaxError) return 'it is not a private P-256 key';
  return cause instanceof Error ? cause.message : String(cause);
}
