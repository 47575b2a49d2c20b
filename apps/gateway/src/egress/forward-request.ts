import {
  request as ask,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import { pipeline } from 'node:stream';
import { dial } from './dial.ts';
import type { FindRoute } from './egress-proxy.ts';

type Forwarded = { request: IncomingMessage; response: ServerResponse; findRoute: FindRoute };

/** Headers between two neighbours, which a proxy does not pass on (RFC 9110 §7.6.1). */
const ofTheHop: ReadonlySet<string> = new Set([
  ...['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection'],
  ...['te', 'trailer', 'transfer-encoding', 'upgrade'],
]);

/** Passes on a request for an `http:` URL, and its answer as it comes. Rejects if Node would not write what it has read. */
export async function forwardRequest({ request, response, findRoute }: Forwarded): Promise<void> {
  const [, authority, path] = /^http:\/\/([^/?#]+)([^#]*)/i.exec(request.url ?? '') ?? [];
  if (authority === undefined)
    return refuse(response, 400, 'ask this proxy for an http:// URL, or to CONNECT');
  const route = await findRoute(authority);
  // A pipeline to who left meanwhile would throw.
  if (response.destroyed) return;
  if (route.kind === 'refused') return refuse(response, 403, route.reason);
  const upstream = ask({
    method: request.method,
    path: path?.startsWith('/') ? path : `/${path}`,
    // The host that was decided about, whatever the agent wrote there (RFC 9112 §3.2.2).
    headers: { ...passedOn(request), ...framing(request), host: authority },
    createConnection: () => dial(route),
  });
  upstream.on('error', ({ message }) => {
    if (response.headersSent) response.destroy();
    else refuse(response, 502, message);
  });
  upstream.on('response', (answer) => {
    if (response.destroyed) return;
    try {
      response.writeHead(answer.statusCode ?? 502, passedOn(answer));
    } catch (error) {
      // Node reads answers that it would not write, such as one with the status 099.
      upstream.destroy(error instanceof Error ? error : undefined);
      return;
    }
    // An answer may begin long before there is something to say.
    response.flushHeaders();
    pipeline(answer, response, () => {});
  });
  response.once('close', () => upstream.destroy());
  // NOTE: not a pipeline, which would take the connection away before a failure is told on it.
  request.pipe(upstream);
}

function passedOn({ headers }: IncomingMessage): OutgoingHttpHeaders {
  const named = (headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase());
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !ofTheHop.has(name) && !named.includes(name)),
  );
}

/**
 * How long a body is that says no length. It is of the hop, but Node writes the body of a GET or DELETE as it is unless it
 * is told otherwise, and its recipient would take that for the next request (RFC 9112 §6.3).
 */
function framing({ headers }: IncomingMessage): OutgoingHttpHeaders {
  const encoding = headers['transfer-encoding'];
  return encoding === undefined ? {} : { 'transfer-encoding': encoding };
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
  response.end(`HotPlex: ${reason}\n`);
}
