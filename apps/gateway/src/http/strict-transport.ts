import type { IncomingMessage, ServerResponse } from 'node:http';

/** A year, as browsers ask for (RFC 6797). */
const header = 'max-age=31536000';
const ofThisMachine = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;

/**
 * Tells browsers to come by https from now on. Not for names of this machine: the rule is for all ports of a name, and
 * others serve there by http.
 */
export function strictTransport({ headers: { host = '' } }: IncomingMessage, response: ServerResponse): void {
  if (!ofThisMachine.test(host)) response.setHeader('strict-transport-security', header);
}
