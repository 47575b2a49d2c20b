import { setTimeout } from 'node:timers/promises';
import { BridgeError, isFromServer } from './bridge-error.ts';
import type { BridgeData } from './bridge-messages.ts';
import { connectPostgres, cutOff, type PostgresClient } from './connect-postgres.ts';
import type { Statement } from './postgres-access.ts';
import { StatementRunner } from './statement-runner.ts';
import { takeLock } from './take-lock.ts';

/** Between two attempts to reach a database that is away, milliseconds. */
const retryMs = 250;

type Options = Pick<BridgeData, 'url' | 'limitMs' | 'lock'> & {
  /** Told whether it is worth asking. */
  onReachable(isReachable: boolean): void;
};
type Connected = { client: PostgresClient; runner: StatementRunner };

/**
 * The one connection of the worker thread. One that breaks is made anew at once, and again and again until it is there:
 * who asks meanwhile waits for the first attempt, and is refused without waiting while the others go on.
 */
export class BridgeConnection {
  readonly #options: Options;
  readonly #replaced = new WeakSet<PostgresClient>();
  #current: Promise<Connected>;
  /** The one that is waited for. */
  #busy: PostgresClient | undefined;
  #isClosed = false;

  constructor(options: Options) {
    this.#options = options;
    this.#current = this.#connect(0);
  }

  /** Resolves when the first attempt was successful; rejects with BridgeError if it was not. */
  async opened(): Promise<void> {
    await this.#current;
  }

  /** Rejects with BridgeError, or with what PostgreSQL said. */
  async read(statements: readonly Statement[]): Promise<unknown[][]> {
    try {
      return await this.#run(statements);
    } catch (error) {
      if (!(error instanceof BridgeError) || error.kind !== 'lost') throw error;
      return await this.#run(statements);
    }
  }

  /** Rejects as `read` does; `lost` means that nobody knows whether it was stored. */
  async write(statements: readonly Statement[]): Promise<unknown[][]> {
    return await this.#run(statements);
  }

  /** Gives up what is being waited for, with its connection: it is not known how that is. */
  async abandon(): Promise<void> {
    if (this.#busy) return cutOff(this.#busy);
    const isConnected = await this.#current.then(
      () => true,
      () => false,
    );
    if (isConnected) this.#options.onReachable(true);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const connected = await this.#current.catch(() => undefined);
    await connected?.client.end();
  }

  async #run(statements: readonly Statement[]): Promise<unknown[][]> {
    const { client, runner } = await this.#current;
    this.#busy = client;
    try {
      return await runner.run(statements);
    } catch (error) {
      if (isFromServer(error)) throw error;
      this.#replace(client);
      throw new BridgeError('lost', 'the connection was lost', { cause: error });
    } finally {
      this.#busy = undefined;
    }
  }

  /** Of a connection only its first end counts. */
  #replace(client: PostgresClient): void {
    if (this.#isClosed || this.#replaced.has(client)) return;
    this.#replaced.add(client);
    cutOff(client);
    this.#again();
  }

  #again(): void {
    // The server may not have noticed yet that the connection before is gone, which has the lock.
    const next = this.#connect(this.#options.limitMs / 2);
    this.#current = next;
    next.catch(() => {
      this.#options.onReachable(false);
      void setTimeout(retryMs, undefined, { ref: false }).then(() => {
        if (!this.#isClosed) this.#again();
      });
    });
  }

  async #connect(lockMs: number): Promise<Connected> {
    const { url, limitMs, lock, onReachable } = this.#options;
    // So the server gives up before nobody waits for it any more, and it is known that nothing was stored.
    const statementMs = Math.ceil(limitMs * 0.8);
    const client = await connectPostgres({ url, connectMs: statementMs, statementMs }).catch((error) => {
      throw new BridgeError('unreachable', 'there is no connection', { cause: error });
    });
    if (lock !== 'beside') await takeLock(client, { lock, waitMs: lockMs });
    for (const event of ['error', 'end'] as const) client.on(event, () => this.#replace(client));
    onReachable(true);
    return { client, runner: new StatementRunner(client) };
  }
}
