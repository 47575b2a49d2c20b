import type { IncomingHttpHeaders } from 'node:http';
import type { Credential } from '../../auth/identity.ts';
import { headerCredential } from '../header-credential.ts';

/**
 * The credential of a client of OpenCode. Its only way to have one is a password (https://opencode.ai/docs/server), which it
 * sends by RFC 7617: the password is a key or token of ours, and the name beside it says nothing. Throws UNAUTHORIZED.
 */
export function basicCredential(
  headers: IncomingHttpHeaders,
  apiKeyHeader: string | undefined,
): Credential | undefined {
  const basic = /^Basic +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (basic === undefined) return headerCredential(headers, apiKeyHeader);
  const text = Buffer.from(basic, 'base64').toString();
  const authorization = `Bearer ${text.slice(text.indexOf(':') + 1)}`;
  return headerCredential({ ...headers, authorization }, apiKeyHeader);
}
