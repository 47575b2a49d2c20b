import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import type { RequestGuard } from '../auth/request-guard.ts';
import { StartError } from '../ground/start-error.ts';

type HttpServerOptions = {
  /** Made once the port is known, because the allowed names contain it. */
  guard(address: { host: string; port: number }): RequestGuard;
  /** Answers /api. */
  api: { fetch(request: Request, env: unknown): Response | Promise<Response> };
  /** Answers everything else. */
  files(request: IncomingMessage, response: ServerResponse): void;
  /** A WebSocket request that the guard let in. */
  onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
};

export type Listener = { host: string; port: number; close(): Promise<void> };

const socketPaths = new Set(['/ws', '/ws/v1/agent']);

/** Listens on `host:port`. StartError says in one sentence why it cannot. */
export async function listenHttp(
  { host, port }: { host: string; port: number },
  options: HttpServerOptions,
): Promise<Listener> {
  const api = getRequestListener(options.api.fetch as never, { overrideGlobalObjects: false });
  let guard: RequestGuard = () => ({ allowed: false, status: 403, code: 'FORBIDDEN', message: 'not ready' });
  const server = createServer(
    { maxHeaderSize: 8 * 1024, headersTimeout: 5_000, requestTimeout: 60_000 },
    (request, response) => {
      const verdict = guard(request);
      if (!verdict.allowed) return refuse(response, verdict);
      const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
      if (path === '/health')
        return void response
          .writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
          .end('{"status":"ok"}');
      if (path === '/api' || path.startsWith('/api/')) return void api(request, response);
      options.files(request, response);
    },
  );
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const verdict = guard(request);
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    if (!verdict.allowed) return refuseUpgrade(socket, verdict.status, verdict.message);
    if (!socketPaths.has(path)) return refuseUpgrade(socket, 404, 'the socket is at /ws');
    options.onUpgrade(request, socket, head);
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const status =
      error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request';
    if (socket.writable) socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\n\r\n`);
  });
  await listening(server, host, port);
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  guard = options.guard({ host, port: bound });
  return { host, port: bound, close: () => closing(server) };
}

type Refused = { status: number; code: string; message: string };

function refuse(response: ServerResponse, { status, code, message }: Refused): void {
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify({ error: { code, message, retryable: false } }));
}

/** Answers an upgrade request that is not let in, before any WebSocket exists. */
export function refuseUpgrade(socket: Duplex, status: number, message: string): void {
  const body = `${message}\n`;
  socket.end(
    `HTTP/1.1 ${status} Refused\r\nconnection: close\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

async function listening(server: Server, host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(explain(cause, host, port)));
    server.listen({ host, port }, () => resolve());
  });
}

function explain(cause: NodeJS.ErrnoException, host: string, port: number): StartError {
  const remedy = 'set HOTPLEX_GATEWAY_ADDR to another address, such as 127.0.0.1:8889';
  if (cause.code === 'EADDRINUSE')
    return new StartError(
      `port ${port} on ${host} is in use, perhaps by another gateway: stop it, or ${remedy}`,
      { cause },
    );
  if (cause.code === 'EACCES')
    return new StartError(`port ${port} may not be used by this user: ${remedy}`, { cause });
  return new StartError(`the gateway cannot listen on ${host}:${port} (${cause.code}): ${remedy}`, { cause });
}

async function closing(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
