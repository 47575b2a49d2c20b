import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { closeCodes, subprotocol } from '@hotplex/aep-protocol';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Clock } from '../ground/clock.ts';
import { Connection, type ConnectionOptions, type Peer } from './connection.ts';
import type { CredentialLimits } from './credential-watch.ts';
import { Heartbeat } from './heartbeat.ts';
import type { FollowerLimits } from './log-follower.ts';
import type { Socket } from './socket.ts';

/** How patient a connection is; it keeps what was so when it was opened. */
export type ConnectionLimits = CredentialLimits &
  FollowerLimits &
  Pick<ConnectionOptions, 'initTimeoutMs' | 'prewarm'> & { pingIntervalMs: number };

export type WsServerOptions = Omit<ConnectionOptions, keyof ConnectionLimits> & {
  /** As they are at this moment. */
  limits(): ConnectionLimits;
};

const stopping = 'gateway_stopping';
/**
 * How long a close may take: a peer that does not read would otherwise keep its buffer for half a minute after it was
 * given up. NOTE: ws 8.23 has this option, its types do not.
 */
const timing = { closeTimeout: 5_000 };

/** The only file that knows `ws`: turns upgraded sockets into connections. */
export class WsServer {
  readonly #server: WebSocketServer;
  readonly #options: WsServerOptions;
  readonly #connections = new Set<Connection>();

  constructor(options: WsServerOptions) {
    this.#options = options;
    this.#server = new WebSocketServer({
      noServer: true,
      maxPayload: options.maxFrameBytes,
      // Bounds on what an unfinished message may hold in memory (W5).
      maxFragments: 1_024,
      maxBufferedChunks: 4_096,
      perMessageDeflate: false,
      ...timing,
      handleProtocols: (offered) => (offered.has(subprotocol) ? subprotocol : false),
    });
  }

  /** Takes over a socket whose request was let in by the door. */
  upgrade({
    request,
    socket,
    head,
    peer,
  }: {
    request: IncomingMessage;
    socket: Duplex;
    head: Buffer;
    peer: Omit<Peer, 'offeredSubprotocol'>;
  }): void {
    this.#server.handleUpgrade(request, socket, head, (ws) => this.#open(ws, socket, peer));
  }

  get size(): number {
    return this.#connections.size;
  }

  /** How many events of its log each client has not been given. */
  lags(): number[] {
    return [...this.#connections].map(({ lag }) => lag);
  }

  /** Asks everybody to come back after a delay of their own; who watches a running turn stays for its end (rule C4). */
  sendAway(random: () => number): void {
    for (const connection of this.#connections)
      connection.goAway(stopping, Math.round(200 + random() * 1_800));
  }

  /** Ends every connection. */
  async close(): Promise<void> {
    for (const connection of this.#connections) connection.leave(stopping);
    const patience = this.#options.clock.after(1_000, () => {
      for (const ws of this.#server.clients) ws.terminate();
    });
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
    patience.cancel();
  }

  #open(ws: WebSocket, stream: Duplex, peer: Omit<Peer, 'offeredSubprotocol'>): void {
    const limits = this.#options.limits();
    const connection = new Connection(
      toSocket(ws, stream),
      { ...peer, offeredSubprotocol: ws.protocol === subprotocol },
      { ...this.#options, ...limits },
    );
    const heartbeat = beat(ws, this.#options.clock, limits.pingIntervalMs);
    this.#connections.add(connection);
    ws.on('message', (data, isBinary) => {
      if (isBinary) ws.close(closeCodes.unsupportedData.code, 'frames are text');
      else connection.receive(data.toString());
    });
    ws.on('pong', () => heartbeat.heard());
    ws.on('error', (error) => this.#options.logger.debug({ error: error.message }, 'socket error'));
    ws.on('close', () => {
      heartbeat.stop();
      connection.closed();
      this.#connections.delete(connection);
    });
  }
}

function beat(ws: WebSocket, clock: Clock, intervalMs: number): Heartbeat {
  return new Heartbeat({ clock, intervalMs, ping: () => ws.ping(), giveUp: () => ws.terminate() });
}

/** Frames of one call leave in one write: the stream is corked around them. */
function toSocket(ws: WebSocket, stream: Duplex): Socket {
  return {
    send(frames, flushed) {
      if (ws.readyState !== ws.OPEN) return;
      stream.cork();
      frames.forEach((frame, index) => {
        const last = index === frames.length - 1;
        ws.send(
          frame,
          { binary: false },
          last && flushed ? (error) => (error ? undefined : flushed()) : undefined,
        );
      });
      process.nextTick(() => stream.uncork());
    },
    pause: () => ws.pause(),
    resume: () => ws.resume(),
    close: (code, reason) => ws.close(code, reason),
  };
}
