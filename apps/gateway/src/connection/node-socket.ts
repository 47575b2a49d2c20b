import type { Duplex } from 'node:stream';
import { subprotocol } from '@hotplex/aep-protocol';
import { WebSocket } from 'ws';
import { misdirected } from '../auth/forwarded-caller.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import type { Socket } from './socket.ts';
import { toSocket } from './web-socket.ts';

type NodeSocketOptions = {
  /** The way to the other node. */
  stream: Duplex;
  headers: Record<string, string>;
  /** Whether the client did: what refuses it is closed accordingly. */
  offersSubprotocol: boolean;
  /** A frame came in. */
  onFrame(frame: Buffer): void;
  /** Told once of one that was open; 1006 if the stream broke. */
  onClose(code: number, reason: string): void;
};

/** How long a close may take. NOTE: ws 8.23 has this option, its types do not. */
const timing = { closeTimeout: 5_000 };

/** A socket to the node of a session; `moved` if the session is not there any more. Throws RECONNECT_REQUIRED. */
export function openNodeSocket(options: NodeSocketOptions): Promise<Socket | 'moved'> {
  const { stream, headers, offersSubprotocol, onFrame, onClose } = options;
  const ws = new WebSocket('ws://node.invalid/ws', offersSubprotocol ? [subprotocol] : [], {
    ...{ createConnection: () => stream, headers, perMessageDeflate: false, ...timing },
  });
  // The other node closes last (RFC 6455, 7.1.1): of one that is gone nothing is waited for.
  stream.once('end', () => stream.destroy());
  return new Promise((resolve, reject) => {
    ws.on('open', () => {
      ws.on('message', (data) => onFrame(data as Buffer));
      ws.on('close', (code, reason) => onClose(code, reason.toString()));
      resolve(toSocket(ws, stream));
    });
    ws.on('unexpected-response', (request, { statusCode }) => {
      request.destroy();
      if (statusCode === misdirected) resolve('moved');
      else reject(unreachable());
    });
    // It is closed after that; before it was open this is all there is.
    ws.on('error', () => reject(unreachable()));
  });
}

const unreachable = () =>
  new GatewayError(
    'RECONNECT_REQUIRED',
    'the node of this session cannot be reached: connect again in a moment',
  );
