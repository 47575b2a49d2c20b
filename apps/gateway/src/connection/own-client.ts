import type { WebSocketConstructor } from '@hotplex/client-sdk';
import type { Identity } from '../auth/identity.ts';
import type { Peer } from './connection.ts';
import type { Line } from './front-door.ts';
import { innerWebSocket } from './inner-web-socket.ts';
import type { Socket } from './socket.ts';

/** The sockets of a program around the gateway, as this user: nobody has to prove there who he is. */
export function ownWebSocket(
  connect: (socket: Socket, peer: Peer) => Line,
  subject: string,
): WebSocketConstructor {
  const identity: Identity = {
    ...{ subject, botId: null, role: 'driver', method: 'own_process' },
    ...{ expiresAt: null, tokenId: null, signedInAt: null },
  };
  const attempt = { address: 'own process', origin: null };
  return innerWebSocket((socket, traceparent) =>
    connect(socket, { attempt, identity, offeredSubprotocol: true, traceparent, settled() {} }),
  );
}
