import type { SpawnProcess } from '../../process/child-process.ts';
import { SharedServer, type SharedServerOptions } from './shared-server.ts';

type SharedServersOptions = Omit<SharedServerOptions, 'spawnWith'> & {
  /** One for each work dir: where there are walls around a server, it cannot see the others. */
  perWorkDir: boolean;
  /** How the server of this work dir is started; of all of them without one. */
  spawnFor(workDir: string | undefined, answers: string): SpawnProcess;
};

/** The OpenCode servers of this gateway. */
export class SharedServers {
  readonly #options: SharedServersOptions;
  readonly #servers = new Map<string | undefined, SharedServer>();

  constructor(options: SharedServersOptions) {
    this.#options = options;
  }

  /** The process of the first that runs, for operators. */
  get pid(): number | undefined {
    return [...this.#servers.values()].find(({ pid }) => pid !== undefined)?.pid;
  }

  of(workDir: string): SharedServer {
    const { perWorkDir, spawnFor, ...options } = this.#options;
    const key = perWorkDir ? workDir : undefined;
    const server =
      this.#servers.get(key) ??
      new SharedServer({ ...options, spawnWith: (answers) => spawnFor(key, answers) });
    this.#servers.set(key, server);
    return server;
  }

  /** Ends them for good. */
  async close(): Promise<void> {
    await Promise.all([...this.#servers.values()].map((server) => server.close()));
  }
}
