import { SignJWT } from 'jose';
import type { Clock } from '../ground/clock.ts';
import type { SigningKey } from './signing-key.ts';

type TokenRequest = {
  subject: string;
  tokenId: string;
  role: 'viewer' | 'driver';
  /** When the user signed in, Unix milliseconds. */
  signedInAt: number;
  lifetimeMs: number;
  botId?: string | undefined;
};

/** Makes an access token. Its id is the caller's, so that it can be revoked even before it is handed out. */
export type SignToken = (request: TokenRequest) => Promise<string>;

export function createTokenSigner({
  key,
  issuer,
  audience,
  clock,
}: {
  key: () => SigningKey;
  issuer: string;
  audience: string;
  clock: Clock;
}): SignToken {
  return ({ subject, tokenId, role, signedInAt, lifetimeMs, botId }) => {
    const now = Math.floor(clock.now() / 1_000);
    const { privateKey, publicKey } = key();
    const claims = { scope: role, auth_time: signedInAt / 1_000 };
    return new SignJWT({ ...claims, ...(botId === undefined ? {} : { bot_id: botId }) })
      .setProtectedHeader({ alg: 'ES256', kid: publicKey.kid, typ: 'at+jwt' })
      .setSubject(subject)
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt(now)
      .setExpirationTime(now + Math.floor(lifetimeMs / 1_000))
      .setJti(tokenId)
      .sign(privateKey);
  };
}
