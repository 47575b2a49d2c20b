import {
  createLocalJWKSet,
  decodeProtectedHeader,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
  jwtVerify,
} from 'jose';
import { z } from 'zod';
import type { Clock } from '../ground/clock.ts';
import type { Identity } from './identity.ts';
import { isRevoked, type Revocations } from './is-revoked.ts';
import type { CurrentKeys } from './jwks-file.ts';
import type { PublicKey } from './public-key.ts';
import { lapsedCredential, unknownCredential } from './refused-credential.ts';
import { roleOfScope } from './role-of-scope.ts';

/** Throws GatewayError UNAUTHORIZED. Callers cap the length first (J2). */
export type VerifyToken = (token: string) => Promise<Identity>;

/** A name that we do not know may be of a key that took its place a moment ago: how often that is looked for. */
const unknownKeyMs = 250;
const printable = /^[\x21-\x7e]{1,128}$/;
/** Clocks are set back, but not by that much: who signed in later counts in milliseconds, and could not be signed out. */
const latestSignIn = 24 * 60 * 60;
const claims = z
  .object({
    // `key:` is how API keys are called: nobody who signs tokens may speak for one.
    sub: z
      .string()
      .regex(printable)
      .refine((subject) => !subject.startsWith('key:')),
    jti: z.string().regex(printable),
    exp: z.number(),
    iat: z.number(),
    // When its holder signed in (RFC 9068, 2.2.1); whoever leaves it out signed him in just now.
    auth_time: z.number().optional(),
    scope: z.string().optional(),
    bot_id: z.string().regex(printable).optional(),
  })
  .refine(({ iat, auth_time = iat }) => auth_time <= iat + latestSignIn);

type VerifyOptions = {
  keys: CurrentKeys;
  issuer: string;
  audience: string;
  clock: Clock;
  revocations: Revocations;
  /** Check tokens that name no key, as the reference's clients make them; none: there are no such tokens. */
  sharedKeys?: readonly PublicKey[];
};

/**
 * Access tokens → who is asking. Every option of the check is load-bearing: with the library's defaults a token without
 * `exp`, `aud`, `iss`, `jti` or `sub`, of another class (`typ`), or issued in the future is accepted (J).
 */
export function createTokenVerifier({
  keys,
  issuer,
  audience,
  clock,
  revocations,
  sharedKeys = [],
}: VerifyOptions): VerifyToken {
  const findKey = createKeyFinder(keys);
  const findShared = sharedKeys.map((key) => createLocalJWKSet({ keys: [key] }));
  const checked = async (token: string) => {
    try {
      // NOTE: what the reference signs is of no class (`typ`), and the secret signs nothing else.
      const isShared = findShared.length > 0 && decodeProtectedHeader(token).kid === undefined;
      const payload = await verifyByAny(token, isShared ? findShared : [findKey], {
        algorithms: ['ES256'],
        ...(isShared ? {} : { typ: 'at+jwt' }),
        issuer,
        audience,
        requiredClaims: ['exp', 'iat', 'sub', 'jti', 'iss', 'aud'],
        maxTokenAge: '1h',
        clockTolerance: 5,
        currentDate: new Date(clock.now()),
      });
      return claims.parse(payload);
    } catch (error) {
      // The signature is checked before the time: what is only too old was ours once.
      if (error instanceof errors.JWTExpired)
        throw lapsedCredential('expired', 'the token has expired: refresh it or sign in again');
      throw unknownCredential('the token is not valid here: sign in again', error);
    }
  };
  return async (token) => {
    const { sub: subject, jti: tokenId, exp, iat, auth_time = iat, bot_id, scope } = await checked(token);
    const life = { expiresAt: exp * 1_000, tokenId, signedInAt: Math.round(auth_time * 1_000) };
    if (isRevoked({ subject, ...life }, revocations))
      throw lapsedCredential('revoked', 'the token was revoked: sign in again');
    return { subject, botId: bot_id ?? null, role: roleOfScope(scope), method: 'token', ...life };
  };
}

/** The claims of a token that one of these keys signed; tokens that name no key may be of any of them. */
async function verifyByAny(
  token: string,
  [find, ...others]: readonly JWTVerifyGetKey[],
  options: JWTVerifyOptions,
): Promise<JWTPayload> {
  if (find === undefined) throw new errors.JWSSignatureVerificationFailed();
  try {
    return (await jwtVerify(token, find, options)).payload;
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed && others.length > 0)
      return verifyByAny(token, others, options);
    throw error;
  }
}

/** A token's `kid` is looked up among our keys and is nothing else; a token that names no key has none (J1). */
function createKeyFinder(currentKeys: CurrentKeys): JWTVerifyGetKey {
  let keys: readonly PublicKey[] | undefined;
  let find: JWTVerifyGetKey;
  return (header, token) => {
    if (header.kid === undefined) throw new errors.JWKSNoMatchingKey();
    const isKnown = currentKeys().some(({ kid }) => kid === header.kid);
    const now = isKnown ? currentKeys() : currentKeys(unknownKeyMs);
    if (keys !== now) {
      keys = now;
      find = createLocalJWKSet({ keys: [...keys] });
    }
    return find(header, token);
  };
}
