import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ErrorCode } from '@hotplex/aep-protocol';
import type { RequestGuard, Verdict } from '../auth/request-guard.ts';
import type { Clock } from '../ground/clock.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import type { Logger } from '../ground/logger.ts';
import { errorBody } from './api-error.ts';
import { bodyRefusal } from './body-refusal.ts';
import { toListenError } from './listen-error.ts';
import { createRefusalLog } from './refusal-log.ts';
import { refuseUpgrade } from './refuse-upgrade.ts';
import { strictTransport } from './strict-transport.ts';
import type { TlsCertificate } from './tls-certificate.ts';

export type Address = { host: string; port: number };
export type Answer = (request: IncomingMessage, response: ServerResponse) => void;
export type OpenSocket = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

type HttpServerOptions = {
  guard: RequestGuard;
  /** Answers what the guard let in. */
  answer: Answer;
  /** Takes what the guard let in and wants to become a socket, and closes it; without it there are none here. */
  openSocket?: OpenSocket;
  /** With it the listener speaks https. */
  certificate?: TlsCertificate | undefined;
  /** Largest file that may be uploaded, bytes; without it no file is taken here. */
  maxFileBytes?: number;
  /** The variable that sets the address, for the remedy in messages. */
  variable: string;
  clock: Clock;
  logger: Logger;
  limits?: { headersTimeoutMs: number; requestTimeoutMs: number };
};

export type HttpServer = {
  /** Resolves with the address in use: port 0 has become a real one. Throws StartError with the remedy. */
  listen(address: Address): Promise<Address>;
  /** Takes no more requests, lets running ones finish for a moment, then cuts them off. Safe to call twice. */
  close(): Promise<void>;
};

const closeGraceMs = 2_000;
const defaultLimits = { headersTimeoutMs: 5_000, requestTimeoutMs: 60_000 };

/** One port: every request and upgrade passes the guard before anything else sees it (W1, W2). */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { guard, answer, openSocket, variable, clock, logger, limits = defaultLimits } = options;
  const { certificate, maxFileBytes = 0 } = options;
  const tellRefused = createRefusalLog({ clock, logger });
  let closing: Promise<void> | undefined;
  /** What the guard says of a request; what it refuses is told to the operator. */
  const judge = (request: IncomingMessage, upgrade: boolean): Verdict => {
    const verdict = askGuard(guard, request, upgrade);
    const { host, origin } = request.headers;
    if (!verdict.allowed) tellRefused({ status: verdict.status, reason: verdict.message, host, origin });
    return verdict;
  };

  const settings = {
    maxHeaderSize: 8 * 1024,
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    // NOTE: Node looks at its timeouts only this often, by default every 30 s.
    connectionsCheckingInterval: Math.min(1_000, limits.headersTimeoutMs),
    // What a client offers to speak instead (h2c) is no reason not to answer it.
    shouldUpgradeCallback: ({ headers }: IncomingMessage) => headers.upgrade?.toLowerCase() === 'websocket',
  };
  const server = certificate
    ? createTlsServer({ ...settings, ...certificate.current, handshakeTimeout: limits.headersTimeoutMs })
    : createServer(settings);
  const forget = certificate?.follow((renewed) => {
    if (server instanceof TlsServer) server.setSecureContext(renewed);
  });
  server.on('request', (request, response) => {
    if (closing) response.setHeader('connection', 'close');
    if (certificate) strictTransport(request, response);
    // A connection whose last answer is out would otherwise be kept for its next request.
    response.on('close', () => closing && server.closeIdleConnections());
    const verdict = judge(request, false);
    if (!verdict.allowed) return refuse(response, verdict);
    const unwanted = bodyRefusal(request, { maxFileBytes });
    if (unwanted) return refuse(response, { code: 'INVALID_MESSAGE', ...unwanted });
    try {
      answer(request, response);
    } catch (error) {
      logger.error({ error: error instanceof Error ? error.stack : String(error) }, 'a request failed');
      response.destroy();
    }
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const verdict = judge(request, true);
    if (!verdict.allowed) refuseUpgrade(socket, verdict.status, verdict.message);
    else if (!openSocket) refuseUpgrade(socket, 404, 'there are no sockets here');
    else if (closing) refuseUpgrade(socket, 503, 'the gateway is stopping');
    else openSocket(request, socket, head);
  });

  return {
    async listen(address) {
      await new Promise<void>((resolve, reject) => {
        server.once('error', (cause) => reject(toListenError(cause, address, variable)));
        server.listen(address, resolve);
      });
      // Too many open files, for one: this connection is lost, the gateway is not (G11).
      const lost = (error: Error) =>
        logger.error({ error: error.message }, 'a connection could not be accepted');
      server.removeAllListeners('error').on('error', lost);
      const { port } = server.address() as AddressInfo;
      return { host: address.host, port };
    },
    close() {
      closing ??= new Promise((resolve) => {
        forget?.();
        if (!server.listening) return resolve();
        const patience = clock.after(closeGraceMs, () => server.closeAllConnections());
        server.close(() => {
          patience.cancel();
          resolve();
        });
      });
      return closing;
    },
  };
}

function askGuard(
  guard: RequestGuard,
  { url, headers, headersDistinct, socket }: IncomingMessage,
  upgrade: boolean,
): Verdict {
  // NOTE: of two Host lines Node shows the first; a proxy may have gone by the other.
  const { host = [] } = headersDistinct;
  const judged = host.length > 1 ? { ...headers, host } : headers;
  return guard({ url, headers: judged, localPort: socket.localPort, upgrade });
}

/** The connection ends with the answer: nothing more of a request that was refused is read. */
function refuse(
  response: ServerResponse,
  { status, code, message }: { status: number; code: ErrorCode; message: string },
): void {
  const body = JSON.stringify(errorBody(new GatewayError(code, message)));
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' }).end(body);
}
