import type { Clock } from '../ground/clock.ts';
import type { FindApiKey } from './api-key.ts';
import type { FailureLimit } from './failure-limit.ts';
import type { Attempt, Authenticate, Credential, Identity } from './identity.ts';
import { isRevoked, type Revocations } from './is-revoked.ts';
import { lapsedCredential, unknownCredential } from './refused-credential.ts';
import { type Tickets, ticketPrefix } from './ticket.ts';
import type { VerifyToken } from './verify-token.ts';

const longestCredential = 8 * 1024;

type AuthenticateOptions = {
  findApiKey: FindApiKey;
  verifyToken: VerifyToken;
  tickets: Tickets;
  revocations: Revocations;
  failures: FailureLimit;
  clock: Clock;
};

/**
 * The one way in, for HTTP and sockets alike (W3): who is this, or why not. An Authorization header may carry a token or
 * an API key; a ticket is taken from a socket's `init` only; an API key header carries nothing but a key (J5).
 */
export function createAuthenticate(options: AuthenticateOptions): Authenticate {
  return (credential, attempt) =>
    options.failures.guard(attempt.address, () => identify(credential, attempt, options));
}

async function identify(
  credential: Credential,
  attempt: Attempt,
  { findApiKey, verifyToken, tickets, revocations, clock }: AuthenticateOptions,
): Promise<Identity> {
  const { kind } = credential;
  const text = kind === 'api_key' ? credential.key : credential.token;
  if (text.length > longestCredential)
    throw unknownCredential('the credential is longer than any we gave out');

  if (kind === 'any' && text.startsWith(ticketPrefix)) {
    const identity = tickets.redeem(text, attempt);
    const { expiresAt } = identity;
    if (expiresAt !== null && expiresAt <= clock.now())
      throw lapsedCredential('expired', 'the token this ticket was made with has expired: sign in again');
    if (isRevoked(identity, revocations))
      throw lapsedCredential('revoked', 'the token this ticket was made with was revoked: sign in again');
    return identity;
  }

  const identity = findApiKey(text);
  if (identity) return identity;
  if (kind !== 'api_key' && isTokenShaped(text)) return verifyToken(text);
  throw unknownCredential(
    kind === 'api_key' ? 'the API key is not known here' : 'this is no credential of this gateway',
  );
}

const isTokenShaped = (text: string) => /^[\w-]+\.[\w-]+\.[\w-]*$/.test(text);
