import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { closeCodes, subprotocol } from '@hotplex/aep-protocol';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Clock } from '../ground/clock.ts';
import { Connection, type ConnectionOptions, type Peer } from './connection.ts';
import type { CredentialLimits } from './credential-watch.ts';
import type { FrontDoor, Line, Visitor } from './front-door.ts';
import { Heartbeat } from './heartbeat.ts';
import type { FollowerLimits } from './log-follower.ts';
import type { Socket } from './socket.ts';
import { toServerSocket } from './web-socket.ts';

/** How patient a connection is; it keeps what was so when it was opened. */
export type ConnectionLimits = CredentialLimits &
  FollowerLimits &
  Pick<ConnectionOptions, 'initTimeoutMs' | 'prewarm'> & { pingIntervalMs: number };

export type WsServerOptions = Omit<ConnectionOptions, keyof ConnectionLimits> & {
  /** As they are at this moment. */
  limits(): ConnectionLimits;
};

/** Who came in by an upgrade. */
type Entrant = Omit<Visitor, 'socket' | 'offeredSubprotocol'>;

/** Where AEP is spoken; the second is what the older engine called it. */
const aepPaths: ReadonlySet<string> = new Set(['/ws', '/ws/v1/agent']);
const stopping = 'gateway_stopping';
/**
 * How long a close may take: a peer that does not read would otherwise keep its buffer for half a minute after it was
 * given up. NOTE: ws 8.23 has this option, its types do not.
 */
const timing = { closeTimeout: 5_000 };

/** Turns upgraded sockets into connections, or leads them to the front door of their path. */
export class WsServer {
  readonly #server: WebSocketServer;
  readonly #options: WsServerOptions;
  readonly #connections = new Set<Connection>();
  readonly #frontDoors = new Map<string, FrontDoor>();
  readonly #visits = new Set<Line>();

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
    path,
    request,
    socket,
    head,
    peer,
  }: {
    path: string;
    request: IncomingMessage;
    socket: Duplex;
    head: Buffer;
    peer: Omit<Entrant, 'traceparent'>;
  }): void {
    const entrant = { ...peer, path, traceparent: header(request.headers.traceparent) };
    this.#server.handleUpgrade(request, socket, head, (ws) => this.#open(ws, socket, entrant));
  }

  /** Whether sockets are taken at this path. */
  isPath(path: string): boolean {
    return aepPaths.has(path) || this.#frontDoors.has(path);
  }

  /** At this path another protocol is spoken from now on. */
  addFrontDoor(path: string, door: FrontDoor): void {
    this.#frontDoors.set(path, door);
  }

  /** Somebody who speaks AEP, by whatever socket he came. */
  connect(socket: Socket, peer: Peer): Line {
    const connection = new Connection(socket, peer, { ...this.#options, ...this.#options.limits() });
    this.#connections.add(connection);
    return {
      receive: (text) => connection.receive(text),
      leave: (reason) => connection.leave(reason),
      closed: () => {
        connection.closed();
        this.#connections.delete(connection);
      },
    };
  }

  /** How patient it is with who reads slowly, at this moment. */
  get slowLimits(): FollowerLimits {
    return this.#options.limits();
  }

  /** Sockets that clients opened here; one that another node led here is among those of that node. */
  get size(): number {
    return [...this.#connections].filter(({ isLed }) => !isLed).length;
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
    for (const line of [...this.#visits, ...this.#connections]) line.leave(stopping);
    const patience = this.#options.clock.after(1_000, () => {
      for (const ws of this.#server.clients) ws.terminate();
    });
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
    patience.cancel();
  }

  #open(ws: WebSocket, stream: Duplex, { path, ...peer }: Entrant & { path: string }): void {
    const socket = toServerSocket(ws, stream);
    const door = this.#frontDoors.get(path);
    const visitor = { ...peer, socket, offeredSubprotocol: ws.protocol === subprotocol };
    const line = door?.(visitor) ?? this.connect(socket, visitor);
    if (door) this.#visits.add(line);
    const heartbeat = beat(ws, this.#options.clock, this.#options.limits().pingIntervalMs);
    ws.on('message', (data, isBinary) => {
      if (isBinary) ws.close(closeCodes.unsupportedData.code, 'frames are text');
      else line.receive(data.toString());
    });
    ws.on('pong', () => heartbeat.heard());
    ws.on('error', (error) => this.#options.logger.debug({ error: error.message }, 'socket error'));
    ws.on('close', () => {
      heartbeat.stop();
      this.#visits.delete(line);
      line.closed();
    });
  }
}

/** A header that came once. */
const header = (value: string | string[] | undefined) => (typeof value === 'string' ? value : undefined);

function beat(ws: WebSocket, clock: Clock, intervalMs: number): Heartbeat {
  return new Heartbeat({ clock, intervalMs, ping: () => ws.ping(), giveUp: () => ws.terminate() });
}
