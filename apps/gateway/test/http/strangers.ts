import { forgeToken, validClaims } from '../auth/forge-token.ts';
import { apiKey, type openDoor } from '../auth/open-door.ts';

/** Nobody, in all the ways one can be nobody. */
export async function strangers(
  door: ReturnType<typeof openDoor>,
): Promise<Record<string, Record<string, string>>> {
  const { accessToken, refreshToken } = await door.signIn.redeemCode(door.signIn.newCode());
  const identity = await door.authenticate(
    { kind: 'bearer', token: accessToken },
    { address: '', origin: null },
  );
  const sign = (claims: Record<string, unknown>) =>
    forgeToken({ key: door.key.privateKey, header: { kid: door.key.publicKey.kid }, claims });
  const expired = await sign({ ...validClaims, iat: validClaims.iat - 900, exp: validClaims.iat - 31 });
  const revoked = await sign({ ...validClaims, jti: 'revoked' });
  door.store.revokeToken('revoked', validClaims.exp * 1_000);
  return {
    nobody: {},
    'an empty credential': { authorization: '' },
    'a wrong key': { 'x-api-key': `${apiKey}x` },
    'a wrong bearer': { authorization: `Bearer ${apiKey.slice(1)}` },
    'a key as a password': { authorization: `Basic ${Buffer.from(`:${apiKey}`).toString('base64')}` },
    'two credentials': { authorization: `Bearer ${apiKey}`, 'x-api-key': apiKey },
    'an expired token': { authorization: `Bearer ${expired}` },
    'a revoked token': { authorization: `Bearer ${revoked}` },
    'a refresh token': { authorization: `Bearer ${refreshToken}` },
    'a ticket': {
      authorization: `Bearer ${door.tickets.issue(identity, { origin: null, session: undefined })}`,
    },
    'a cookie': { cookie: `hotplex_refresh=${refreshToken}; token=${accessToken}` },
  };
}

/** No word about anything but the credential itself. */
export const refusal =
  /^\{"error":\{"code":"(AUTH_REQUIRED|UNAUTHORIZED)","message":"[^"]+","retryable":(true|false)(,"details":\{"reason":"(expired|revoked)"\})?\}\}$/;
