import type { Clock, Timer } from '../../ground/clock.ts';
import type { Ids } from '../../ground/ids.ts';
import type { Exit, SpawnProcess } from '../../process/child-process.ts';
import { AnswerFolder } from '../gate/answer-folder.ts';
import { lasting } from '../worker-state.ts';
import { freePort } from './free-port.ts';
import {
  OpenCodeServer,
  type ServerOptions,
  type ServerState,
  type ServerTenant,
} from './opencode-server.ts';
import { readAddress } from './server-address.ts';
import { wordsOf } from './server-client.ts';

export type SharedServerOptions = {
  /** The whole environment but the password, of a server that finds its answers in this folder. */
  environment(answers: string): Readonly<Record<string, string>>;
  /** Where the server itself works; its sessions work elsewhere. */
  cwd: string;
  /** How such a server is started. */
  spawnWith(answers: string): SpawnProcess;
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

  /** Goes on in the server of an earlier gateway, as all its sessions do. False if that cannot be reached any more. */
  rejoin(tenant: ServerTenant, state: ServerState): boolean {
    const server = this.#takeOver(state);
    this.#idle?.cancel();
    server?.enter(tenant);
    return server !== undefined;
  }

  /** A session does not go on in the server of an earlier gateway: if none does, it is ended. Resolves when that is so. */
  async dismiss(state: ServerState): Promise<void> {
    const server = this.#takeOver(state);
    // Sessions are taken over one after the other, with nothing in between.
    await Promise.resolve();
    if (server) {
      if (server.isIdle) await server.stop();
      return;
    }
    if (this.#current?.state?.process.mark === state.process.mark) return;
    const end = { file: '', args: [], cwd: '/', env: {}, ...lasting(state) };
    await this.#options
      .spawnWith('')(end, { onLines() {}, onExit() {} })
      .stop();
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

  /** Ends the server for good, unless there are sessions left in it that are kept for the next gateway. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#idle?.cancel();
    await this.#starting;
    const server = this.#current;
    if (server?.state && !server.isIdle) server.detach();
    else await server?.stop();
  }

  /** The server with this process, if it serves. The first to ask takes it over. */
  #takeOver(state: ServerState): OpenCodeServer | undefined {
    const current = this.#current;
    if (current) {
      return current.isUsable && current.state?.process.mark === state.process.mark ? current : undefined;
    }
    const address = this.#starting || this.#closed ? undefined : readAddress(state.process);
    return address && this.#run({ file: '', address, adopt: state });
  }

  #run(how: Pick<ServerOptions, 'file' | 'address' | 'adopt'>): OpenCodeServer {
    const { environment, cwd, spawnWith, clock } = this.#options;
    const { answers } = how.address;
    const server: OpenCodeServer = new OpenCodeServer({
      ...{ ...how, environment: environment(answers), cwd, spawn: spawnWith(answers), clock },
      onExit: () => {
        if (this.#current === server) this.#current = undefined;
      },
    });
    this.#current = server;
    return server;
  }

  async #start(file: string): Promise<void> {
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
    try {
      const { path: answers } = AnswerFolder.make();
      const server = this.#run({ file, address: { port, password: this.#options.ids.secret(32), answers } });
      for (const tenant of tenants) server.enter(tenant);
    } catch (error) {
      for (const tenant of tenants) tenant.onExit(startFailure(wordsOf(error)));
    }
  }
}

function startFailure(message: string): Exit {
  return { reason: 'start-failed', code: null, signal: null, message, stderr: '' };
}
