import type { IncomingMessage } from 'node:http';
import type { Authenticate, Credential } from '../auth/identity.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import { attemptOf } from './attempt.ts';

type Welcome = {
  authenticate: Authenticate;
  /** The request that an open stream answers. */
  incoming: IncomingMessage;
  /** What that came with. */
  credential: Credential | undefined;
};

/** Whether the credential of a stream is still good, while it is open. */
export async function isStillWelcome({ authenticate, incoming, credential }: Welcome): Promise<boolean> {
  if (!credential) return false;
  try {
    await authenticate(credential, attemptOf(incoming));
    return true;
  } catch (error) {
    // Somebody else’s guesses from the same address say nothing about this client.
    return error instanceof GatewayError && error.code === 'RATE_LIMITED';
  }
}
