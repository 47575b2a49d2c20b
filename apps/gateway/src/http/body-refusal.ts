import type { IncomingHttpHeaders } from 'node:http';

/** Bytes; the largest thing anybody sends by HTTP is a session's configuration. */
const largestBody = 256 * 1024;

/**
 * Why the body that these headers announce is not taken, before a byte of it is read (G10). One that does not say its
 * length is refused, too: no client of ours sends such, and an announced length Node enforces.
 *
 * NOTE: the API's library has a limit of its own; it copies bodies without a length, which fails on its Node server.
 */
export function bodyRefusal(headers: IncomingHttpHeaders): { status: number; message: string } | undefined {
  if (headers['transfer-encoding'] !== undefined)
    return { status: 411, message: 'the body must say its length: send content-length' };
  if (Number(headers['content-length'] ?? 0) > largestBody)
    return { status: 413, message: `the body is larger than ${largestBody} bytes` };
  return undefined;
}
