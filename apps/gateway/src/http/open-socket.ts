import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Attempt, Authenticate, Credential, Identity } from '../auth/identity.ts';
import { toGatewayError } from '../ground/gateway-error.ts';
import { statusOf } from './api-error.ts';
import { attemptOf } from './attempt.ts';
import { headerCredential } from './header-credential.ts';
import type { OpenSocket } from './http-server.ts';
import { refuseUpgrade } from './refuse-upgrade.ts';

type Upgrade = {
  path: string;
  request: IncomingMessage;
  socket: Duplex;
  head: Buffer;
  /** Without an identity the first frame has to bring a credential (rule H2); `settled` is called once it did. */
  peer: {
    attempt: Attempt;
    identity: Identity | undefined;
    credential: Credential | undefined;
    settled(): void;
  };
};

type OpenSocketOptions = {
  authenticate: Authenticate;
  apiKeyHeader: string;
  /** Where sockets without an identity have their place until init (W4). */
  waitingRoom: { enter(address: string): Promise<() => void> };
  /** Throws when no more sockets are taken. */
  requireOpen(): void;
  /** Where there are sockets. */
  isPath(path: string): boolean;
  take(upgrade: Upgrade): void;
};

/** Lets sockets in at their paths. A credential in the headers is checked first: a wrong one never becomes a WebSocket. */
export function createOpenSocket(options: OpenSocketOptions): OpenSocket {
  const { authenticate, apiKeyHeader, waitingRoom, requireOpen, isPath, take } = options;
  const open = async (path: string, request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const attempt = attemptOf(request);
    try {
      requireOpen();
      const credential = headerCredential(request.headers, apiKeyHeader);
      const identity = credential ? await authenticate(credential, attempt) : undefined;
      const settled = identity ? () => {} : await waitingRoom.enter(attempt.address);
      // It may be gone by now, and may go without ever becoming a WebSocket.
      if (socket.destroyed) return settled();
      socket.once('close', settled);
      take({ path, request, socket, head, peer: { attempt, identity, credential, settled } });
    } catch (thrown) {
      const error = toGatewayError(thrown);
      refuseUpgrade(socket, statusOf(error), error.message);
    }
  };
  return (request, socket, head) => {
    const [path = '/'] = (request.url ?? '/').split('?', 1);
    if (isPath(path)) void open(path, request, socket, head);
    else refuseUpgrade(socket, 404, 'sockets are at /ws');
  };
}
