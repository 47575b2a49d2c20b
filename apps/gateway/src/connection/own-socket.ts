import type { WebSocketConstructor } from '@hotplex/client-sdk';
import type { Identity } from '../auth/identity.ts';
import { innerWebSocket } from './inner-web-socket.ts';
import type { WsServer } from './ws-server.ts';

/** The program that a gateway is a part of: nobody has to prove there who he is. */
function ownIdentity(subject: string): Identity {
  return {
    ...{ subject, botId: null, role: 'driver', method: 'own_process' },
    ...{ expiresAt: null, tokenId: null, signedInAt: null },
  };
}

/** Sockets of that program, as this user: limits, audit and policy are those of any other client. */
export function ownSocket(sockets: Pick<WsServer, 'connect'>, subject: string): WebSocketConstructor {
  return innerWebSocket((socket, { traceparent }) =>
    sockets.connect(socket, {
      ...{ attempt: { address: 'own process', origin: null }, identity: ownIdentity(subject) },
      ...{ offeredSubprotocol: true, traceparent, settled() {} },
    }),
  );
}
