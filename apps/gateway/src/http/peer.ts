import type { IncomingMessage } from 'node:http';
import type { Context } from 'hono';
import type { Attempt, Credential } from '../auth/identity.ts';

/** The credential in a request's headers, if there is one; never looked for anywhere else (A3). */
export function headerCredential(
  headers: IncomingMessage['headers'],
  apiKeyHeader: string,
): Credential | undefined {
  const { authorization } = headers;
  const bearer = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (bearer) return { kind: 'bearer', token: bearer };
  const key = headers[apiKeyHeader.toLowerCase()];
  return typeof key === 'string' && key !== '' ? { kind: 'api_key', key } : undefined;
}

/** What the listener learned of a request before it reached the API. */
export type ApiBindings = { incoming: IncomingMessage };

export function attemptOf(c: Context, canonical: (address: string | undefined) => string): Attempt {
  const { incoming } = c.env as ApiBindings;
  return {
    address: canonical(incoming.socket.remoteAddress),
    origin: incoming.headers.origin?.toLowerCase() ?? null,
  };
}
