import type { IncomingHttpHeaders } from 'node:http';
import type { Credential } from '../auth/identity.ts';
import { GatewayError } from '../ground/gateway-error.ts';

/**
 * The credential in a request's headers, if there is one; never looked for anywhere else (A3). Throws UNAUTHORIZED for
 * headers that could mean two things: of two credentials neither is believed (A4).
 */
export function headerCredential(
  headers: IncomingHttpHeaders,
  /** Undefined where API keys are not taken. */
  apiKeyHeader: string | undefined,
): Credential | undefined {
  const { authorization } = headers;
  const key = apiKeyHeader === undefined ? undefined : headers[apiKeyHeader.toLowerCase()];
  if (authorization === undefined && key === undefined) return undefined;
  if (authorization !== undefined && key !== undefined)
    throw new GatewayError(
      'UNAUTHORIZED',
      `send either an Authorization or an ${apiKeyHeader} header, not both`,
    );
  if (typeof key === 'string') return { kind: 'api_key', key };
  const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined)
    throw new GatewayError('UNAUTHORIZED', 'the Authorization header must read: Bearer <credential>');
  return { kind: 'bearer', token };
}
