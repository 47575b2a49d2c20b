import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ForwardedCaller, misdirected, readCaller } from '../auth/forwarded-caller.ts';
import type { Router } from '../cluster/router.ts';
import { type GatewayError, toGatewayError } from '../ground/gateway-error.ts';
import type { Logger } from '../ground/logger.ts';
import { movedOn } from '../session/ask-owner.ts';
import { errorBody, statusOf } from './api-error.ts';
import { refuseUpgrade } from './refuse-upgrade.ts';

type NodeServerOptions = {
  router: Pick<Router, 'place'>;
  answer(request: IncomingMessage, response: ServerResponse, caller: ForwardedCaller): void;
  /** Throws GatewayError where no sockets are taken. */
  openSocket(request: IncomingMessage, socket: Duplex, head: Buffer, caller: ForwardedCaller): void;
  logger: Logger;
};

/**
 * What other nodes ask of this one in the name of those they let in, over streams that only nodes can open: an HTTP server
 * without a port. Each request says who is asking, and is believed; one about a session that is not here is answered 421
 * before its body is sent. How much a caller may send, and how slowly, his node has looked after.
 */
export function createNodeServer({ router, answer, openSocket, logger }: NodeServerOptions): {
  /** A stream of another node. */
  take(stream: Duplex): void;
} {
  const server = createServer({ headersTimeout: 0, requestTimeout: 0 });

  const letIn = async ({ headers, socket }: IncomingMessage): Promise<ForwardedCaller> => {
    const caller = readCaller(headers);
    const { sessionId } = caller;
    if (sessionId !== null && (await router.place(sessionId)) !== 'here') throw movedOn();
    // As it would be known of a request at the port.
    Object.defineProperty(socket, 'remoteAddress', { value: caller.address });
    if (caller.origin !== null) headers.origin = caller.origin;
    return caller;
  };
  const refusalOf = (thrown: unknown): { status: number; error: GatewayError } => {
    const error = toGatewayError(thrown);
    if (error !== thrown) logger.error({ error: String(thrown) }, 'a request of another node failed');
    return { error, status: error.code === 'RECONNECT_REQUIRED' ? misdirected : statusOf(error) };
  };
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    try {
      const caller = await letIn(request);
      if (request.headers.expect !== undefined) response.writeContinue();
      answer(request, response, caller);
    } catch (thrown) {
      const { status, error } = refusalOf(thrown);
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(JSON.stringify(errorBody(error)));
    }
  };
  const upgrade = async (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    try {
      openSocket(request, socket, head, await letIn(request));
    } catch (thrown) {
      const { status, error } = refusalOf(thrown);
      refuseUpgrade(socket, status, error.message);
    }
  };
  server.on('request', (request, response) => void serve(request, response));
  server.on('checkContinue', (request, response) => void serve(request, response));
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    void upgrade(request, socket, head);
  });
  return { take: (stream) => void server.emit('connection', stream) };
}
