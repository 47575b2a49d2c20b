import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type Duplex, pipeline } from 'node:stream';
import type { Logger } from '../ground/logger.ts';
import { dial } from './dial.ts';
import { forwardRequest } from './forward-request.ts';

/** Where a connection may lead: the addresses of the host, and no other. Or why it may not, in words for the agent. */
export type Route =
  | { kind: 'allowed'; host: string; port: number; addresses: readonly string[] }
  | { kind: 'refused'; reason: string };

/** Decides about `host:port`, as the agent wrote it. Never rejects. */
export type FindRoute = (authority: string) => Promise<Route>;

type EgressProxyOptions = {
  folder: string;
  socketName: string;
  findRoute: FindRoute;
  logger: Logger;
};

/** Enough for many agents at once, and not all files of the gateway. */
const maxConnections = 1_024;
/** How many refused hosts are told to the operator, each once. */
const maxTold = 1_000;

/**
 * An HTTP proxy at a socket in a folder, for agents whose sandbox has no other way out (RFC 9110 §9.3.6, CONNECT; RFC 9112
 * §3.2.2 for plain HTTP). It reads nothing of what goes through a tunnel.
 */
export class EgressProxy {
  readonly #options: EgressProxyOptions;
  readonly #server: Server;
  readonly #told = new Set<string>();
  /** What the server no longer knows of. */
  readonly #tunnels = new Set<Duplex>();

  private constructor(options: EgressProxyOptions) {
    this.#options = options;
    // An upload may take as long as it likes.
    this.#server = createServer({ requestTimeout: 0 }, (request, response) => {
      const findRoute: FindRoute = (authority) => this.#find(authority);
      forwardRequest({ request, response, findRoute }).catch(() => response.destroy());
    });
    this.#server.maxConnections = maxConnections;
    this.#server.on('connect', (request: IncomingMessage, client: Duplex, head: Buffer) => {
      void this.#tunnel(request.url ?? '', client, head);
    });
    this.#server.on('clientError', (_, socket) => socket.destroy());
    // Such as that the machine is out of files: that connection is lost, and no other.
    this.#server.on('error', (error) =>
      options.logger.warn({ error: String(error) }, 'an agent has no way out'),
    );
  }

  /** Takes the place of an earlier gateway's. Rejects with what the system says. */
  static async open(options: EgressProxyOptions): Promise<EgressProxy> {
    const { folder, socketName } = options;
    const path = `${folder}/${socketName}`;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
    rmSync(path, { force: true });
    const proxy = new EgressProxy(options);
    await new Promise<void>((resolve, reject) => {
      proxy.#server.once('error', reject);
      proxy.#server.listen(path, resolve);
    });
    return proxy;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    for (const client of this.#tunnels) client.destroy();
    await closed;
  }

  async #tunnel(authority: string, client: Duplex, head: Buffer): Promise<void> {
    this.#tunnels.add(client);
    client.on('error', () => {});
    client.once('close', () => this.#tunnels.delete(client));
    const route = await this.#find(authority);
    // NOTE: who left meanwhile gets no pipeline, here and below: it would throw.
    if (client.destroyed) return;
    if (route.kind === 'refused') {
      client.end(toResponse('403 Forbidden', route.reason));
      return;
    }
    const upstream = dial(route);
    client.once('close', () => upstream.destroy());
    let isOpen = false;
    upstream.on('error', ({ message }) => {
      if (!isOpen) client.end(toResponse('502 Bad Gateway', message));
    });
    upstream.once('connect', () => {
      isOpen = true;
      if (client.destroyed) return void upstream.destroy();
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.write(head);
      pipeline(client, upstream, () => {});
      pipeline(upstream, client, () => {});
    });
  }

  async #find(authority: string): Promise<Route> {
    const route = await this.#options.findRoute(authority);
    if (route.kind === 'refused' && !this.#told.has(authority) && this.#told.size < maxTold) {
      this.#told.add(authority);
      const { reason } = route;
      this.#options.logger.warn({ authority, reason }, 'an agent was refused a host');
    }
    return route;
  }
}

function toResponse(status: string, reason: string): string {
  const body = `HotPlex: ${reason}\n`;
  const headers = [
    `HTTP/1.1 ${status}`,
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  return `${headers.join('\r\n')}\r\n\r\n${body}`;
}
