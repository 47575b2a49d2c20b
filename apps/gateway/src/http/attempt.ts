import type { IncomingMessage } from 'node:http';
import type { Attempt } from '../auth/identity.ts';

/** Where a request came from, as far as an attempt to sign in is concerned. */
export function attemptOf({ headers, socket }: IncomingMessage): Attempt {
  return { address: socket.remoteAddress ?? '', origin: headers.origin ?? null };
}
