import type { WebSocketConstructor } from '@hotplex/client-sdk';
import type { Attempt } from '../auth/identity.ts';
import type { Peer } from './connection.ts';
import type { Entry } from './entry.ts';
import type { Line } from './front-door.ts';
import { innerWebSocket } from './inner-web-socket.ts';
import type { Socket } from './socket.ts';
import type { SlowReader } from './visitor-writer.ts';

export type InnerClient = {
  /** The API, asked from inside in the name of whoever made this attempt. */
  fetchFor(attempt: Attempt): typeof fetch;
  connect(socket: Socket, peer: Peer): Line;
};

/** Nobody listens there: neither requests nor sockets of an inner client leave the process. */
const url = 'http://gateway.invalid';

/** How a client of ours inside a front door reaches the gateway, with the credential and the pace of the visitor it stands for. */
export function innerClient(
  { fetchFor, connect }: InnerClient,
  { entry, reader }: { entry: Pick<Entry, 'attempt' | 'token'>; reader: SlowReader },
): { url: string; auth: () => string; fetch: typeof fetch; webSocket: WebSocketConstructor } {
  const { attempt } = entry;
  const peer = { attempt, identity: undefined, offeredSubprotocol: true, settled: () => {} };
  return {
    ...{ url, auth: () => entry.token, fetch: fetchFor(attempt) },
    webSocket: innerWebSocket((socket, traceparent) => connect(socket, { ...peer, traceparent }), reader),
  };
}
