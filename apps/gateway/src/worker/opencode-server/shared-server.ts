import type { Clock, Timer } from '../../ground/clock.ts';
import type { Ids } from '../../ground/ids.ts';
import type { Exit, SpawnProcess } from '../../process/child-process.ts';
import { freePort } from './free-port.ts';
import { OpenCodeServer, type ServerTenant } from './opencode-server.ts';

export type SharedServerOptions = {
  environment: Readonly<Record<string, string>>;
  /** Where the server itself works; its sessions work elsewhere. */
  cwd: string;
  spawn: SpawnProcess;
  clock: Clock;
  ids: Ids;
  /** How long a server without sessions is kept. */
  idleMs: number;
};

/** The one OpenCode server of this gateway: started with its first session, ended some time after its last. */
export class SharedServer {
  readonly #options: SharedServerOptions;
  #current: OpenCodeServer | undefined;
  /** Resolves once the port of the server to come is known. */
  #starting: Promise<void> | undefined;
  #waiting = new Set<ServerTenant>();
  #idle: Timer | undefined;
  #closed = false;

  constructor(options: SharedServerOptions) {
    this.#options = options;
  }

  /** The process, for operators; undefined while there is none. */
  get pid(): number | undefined {
    return this.#current?.pid;
  }

  /** Tells the tenant when the server is up. A crash is told to all tenants; the next one to enter starts anew. */
  enter(tenant: ServerTenant, file: string): void {
    this.#idle?.cancel();
    if (this.#closed) {
      queueMicrotask(() => tenant.onExit(startFailure('the gateway is stopping')));
    } else if (this.#current?.isUsable) this.#current.enter(tenant);
    else {
      this.#waiting.add(tenant);
      this.#starting ??= this.#start(file);
    }
  }

  leave(tenant: ServerTenant): void {
    this.#waiting.delete(tenant);
    const server = this.#current;
    server?.leave(tenant);
    if (!server?.isIdle || this.#waiting.size > 0) return;
    this.#idle?.cancel();
    this.#idle = this.#options.clock.after(this.#options.idleMs, () => {
      if (server.isIdle) void server.stop();
    });
  }

  /** Ends the server for good. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#idle?.cancel();
    await this.#starting;
    await this.#current?.stop();
  }

  async #start(file: string): Promise<void> {
    const { environment, cwd, spawn, clock, ids } = this.#options;
    // NOTE: `--port 0` would try 4096 first. Whoever takes the port in between gets no password from us: the server then
    // ends with code 1 before anything is sent.
    const port = await freePort().catch(() => undefined);
    this.#starting = undefined;
    const tenants = [...this.#waiting];
    this.#waiting.clear();
    if (port === undefined) {
      for (const tenant of tenants) tenant.onExit(startFailure('the machine has no free port on loopback'));
      return;
    }
    if (tenants.length === 0) return;
    const password = ids.secret(32);
    const server: OpenCodeServer = new OpenCodeServer({
      ...{ file, port, password, environment, cwd, spawn, clock },
      onExit: () => {
        if (this.#current === server) this.#current = undefined;
      },
    });
    this.#current = server;
    for (const tenant of tenants) server.enter(tenant);
  }
}

function startFailure(message: string): Exit {
  return { reason: 'start-failed', code: null, signal: null, message, stderr: '' };
}
