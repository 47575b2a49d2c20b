import { GatewayError } from '../ground/gateway-error.ts';
import type { FailureLimit } from './failure-limit.ts';
import type { Attempt, Authenticate, Credential, Identity } from './identity.ts';
import { type Tickets, ticketPrefix } from './ticket.ts';
import type { Tokens } from './token.ts';

type AuthenticateOptions = {
  apiKey(key: string): Identity | undefined;
  tokens: Tokens;
  tickets: Tickets;
  failures: FailureLimit;
};

const looksLikeJwt = (text: string) => /^[\w-]+\.[\w-]+\.[\w-]*$/.test(text);

/** The one way in, for HTTP and sockets alike (W3): who is this, or why not. */
export function createAuthenticate({ apiKey, tokens, tickets, failures }: AuthenticateOptions): Authenticate {
  const identify = async (credential: Credential, { origin }: Attempt): Promise<Identity> => {
    const text = credential.kind === 'api_key' ? credential.key : credential.token;
    if (credential.kind === 'any' && text.startsWith(ticketPrefix)) {
      const identity = tickets.redeem(text, origin);
      if (identity) return identity;
      throw new GatewayError('UNAUTHORIZED', 'the ticket was used before or has expired: get a new one');
    }
    if (credential.kind === 'bearer' || (credential.kind === 'any' && looksLikeJwt(text)))
      return tokens.verify(text);
    const identity = apiKey(text);
    if (identity) return identity;
    throw new GatewayError('UNAUTHORIZED', 'the API key is not known here');
  };
  return async (credential, attempt) => {
    failures.check(attempt.address);
    try {
      const identity = await identify(credential, attempt);
      failures.succeed(attempt.address);
      return identity;
    } catch (error) {
      failures.fail(attempt.address);
      throw error;
    }
  };
}
