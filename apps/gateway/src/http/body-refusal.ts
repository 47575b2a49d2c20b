import type { IncomingMessage } from 'node:http';

/** Bytes; the largest thing anybody sends as JSON is a session's configuration. */
const largestJson = 256 * 1024;

export type BodyLimits = {
  /** Largest file that may be uploaded, bytes; 0 where none is. */
  maxFileBytes: number;
};

/**
 * Why the body that a request announces is not taken, before a byte of it is read (G10). One that does not say its
 * length is refused, too: no client of ours sends such, and an announced length Node enforces.
 *
 * NOTE: the API's library has a limit of its own; it copies bodies without a length, which fails on its Node server.
 */
export function bodyRefusal(
  { method, url = '/', headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  { maxFileBytes }: BodyLimits,
): { status: number; message: string } | undefined {
  if (headers['transfer-encoding'] !== undefined)
    return { status: 411, message: 'the body must say its length: send content-length' };
  const isFile = method === 'POST' && /^\/api\/sessions\/[^/?]+\/files(\?|$)/.test(url);
  const largest = isFile ? maxFileBytes : largestJson;
  if (Number(headers['content-length'] ?? 0) > largest)
    return { status: 413, message: `the body is larger than ${largest} bytes` };
  return undefined;
}
