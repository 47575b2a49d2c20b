import { readFileSync } from 'node:fs';
import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Clock } from '../ground/clock.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import type { Ids } from '../ground/ids.ts';
import { StartError } from '../ground/start-error.ts';
import type { Identity } from './identity.ts';
import type { SigningKey } from './signing-key.ts';

const longestToken = 8 * 1024;
const typ = 'at+jwt';

const claims = z.object({
  sub: z.string().regex(/^[\x21-\x7e]{1,128}$/),
  jti: z.string().min(1).max(128),
  exp: z.number(),
  bot_id: z.string().min(1).max(128).optional(),
});

export type TokenOptions = {
  key: SigningKey;
  issuer: string;
  audience: string;
  clock: Clock;
  ids: Ids;
  /** A JWKS file whose public keys may sign tokens too. */
  jwksFile?: string;
  isRevoked(jti: string): boolean;
};

export type Tokens = {
  /** An access token for the web chat. */
  sign(subject: string, lifetimeMs: number): Promise<string>;
  /** Throws UNAUTHORIZED. Every option of the check is load-bearing: the library's defaults accept far more (J). */
  verify(token: string): Promise<Identity>;
};

export function createTokens({
  key,
  issuer,
  audience,
  clock,
  ids,
  jwksFile,
  isRevoked,
}: TokenOptions): Tokens {
  const keySet = createLocalJWKSet({
    keys: [key.publicJwk, ...(jwksFile === undefined ? [] : readKeys(jwksFile))],
  });
  const byKid: JWTVerifyGetKey = (header, token) => {
    if (!header.kid) throw new Error('the token names no key');
    return keySet(header, token);
  };
  return {
    async sign(subject, lifetimeMs) {
      const now = Math.floor(clock.now() / 1_000);
      return new SignJWT({})
        .setProtectedHeader({ alg: 'ES256', kid: key.kid, typ })
        .setSubject(subject)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(now)
        .setExpirationTime(now + Math.floor(lifetimeMs / 1_000))
        .setJti(ids.uuid())
        .sign(key.privateKey);
    },
    async verify(token) {
      if (token.length > longestToken) throw new GatewayError('UNAUTHORIZED', 'the token is too long');
      try {
        const { payload } = await jwtVerify(token, byKid, {
          ...{ algorithms: ['ES256'], issuer, audience, typ, clockTolerance: 5, maxTokenAge: '1h' },
          requiredClaims: ['exp', 'iat', 'sub', 'jti', 'iss', 'aud'],
          currentDate: new Date(clock.now()),
        });
        const { sub, jti, exp, bot_id } = claims.parse(payload);
        if (isRevoked(jti)) throw new Error('revoked');
        return { subject: sub, botId: bot_id ?? null, method: 'token', expiresAt: exp * 1_000, tokenId: jti };
      } catch (cause) {
        const expired = (cause as { code?: string }).code === 'ERR_JWT_EXPIRED';
        throw new GatewayError(
          'UNAUTHORIZED',
          expired ? 'the token has expired: get a new one' : 'the token is not valid',
          { cause },
        );
      }
    },
  };
}

function readKeys(file: string): JSONWebKeySet['keys'] {
  try {
    const { keys } = JSON.parse(readFileSync(file, 'utf8')) as JSONWebKeySet;
    if (!Array.isArray(keys) || keys.some((key) => !key.kid || key.kty !== 'EC' || key.d))
      throw new Error('needs public EC keys with a kid each');
    return keys;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StartError(`security.jwt_jwks_file ${file} cannot be used: ${reason}`, { cause });
  }
}
