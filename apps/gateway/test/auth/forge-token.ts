import { createHmac, type KeyObject } from 'node:crypto';
import { type JWTPayload, SignJWT } from 'jose';
import { audience, issuer, start } from './open-door.ts';

const now = start / 1_000;

/** The claims of a token this gateway would take. */
export const validClaims = {
  iss: issuer,
  aud: audience,
  sub: 'alice',
  iat: now,
  nbf: now,
  exp: now + 900,
  jti: 'token-1',
  scope: 'driver',
} as const satisfies JWTPayload;

type Forgery = {
  key: KeyObject;
  header: { kid?: string | undefined; typ?: string; alg?: string; [name: string]: unknown };
  claims?: Record<string, unknown>;
};

/** A token with exactly these claims and, for what is not given, the header of a good one. */
export function forgeToken({ key, header, claims = validClaims }: Forgery): Promise<string> {
  return new SignJWT(JSON.parse(JSON.stringify(claims)) as JWTPayload)
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', ...header })
    .sign(key);
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** What no library signs: any algorithm's name over any signature. */
export function forgeByHand(header: Record<string, unknown>, secret?: string | Buffer): string {
  const text = `${encode({ typ: 'at+jwt', ...header })}.${encode(validClaims)}`;
  const signature = secret === undefined ? '' : createHmac('sha256', secret).update(text).digest('base64url');
  return `${text}.${signature}`;
}
