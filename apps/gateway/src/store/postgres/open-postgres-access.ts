import { once } from 'node:events';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { type GatewayError, toGatewayError } from '../../ground/gateway-error.ts';
import { ownProgram } from '../../ground/own-program.ts';
import { StartError } from '../../ground/start-error.ts';
import { toBridgeFailure } from './bridge-error.ts';
import {
  type BridgeAnswer,
  type BridgeData,
  type BridgeFailure,
  type BridgeRequest,
  type DatabaseLock,
  places,
} from './bridge-messages.ts';
import type { PostgresAccess, Statement } from './postgres-access.ts';
import { toPostgresError } from './to-postgres-error.ts';
import { placeOf, toStartError } from './to-start-error.ts';

export type PostgresAccessOptions = {
  /** `postgres://…`; a schema other than the user's own is named in it: `?options=-csearch_path%3Dname`. */
  url: string;
  /** How long one call may keep everything else waiting, milliseconds. Default 5 s. */
  limitMs?: number;
  /** Default: `alone`. */
  lock?: DatabaseLock;
};

/**
 * A connection that is waited for: a thread of its own has it, and this one sleeps until the answer is there. Throws
 * StartError if the database cannot be reached, or another gateway has the lock.
 */
export async function openPostgresAccess(options: PostgresAccessOptions): Promise<PostgresAccess> {
  const { url, limitMs = 5_000, lock = 'alone' } = options;
  const shared = new Int32Array(new SharedArrayBuffer(8));
  const { port1, port2 } = new MessageChannel();
  const data: BridgeData & { port: MessagePort } = { url, limitMs, lock, shared, port: port2 };
  const worker = new Worker(ownProgram('postgres-bridge', import.meta.url), {
    ...{ workerData: data, transferList: [port2], name: 'postgres' },
    // So that neither the flags of this process nor a password in its environment matter to it.
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const [first] = await once(worker, 'message').catch((error: unknown): [BridgeAnswer] => [
    { id: 0, failure: toBridgeFailure(error) },
  ]);
  const answer: BridgeAnswer = first;
  if ('failure' in answer) {
    await worker.terminate();
    throw startErrorOf(url, answer.failure);
  }
  worker.unref();
  return new PostgresBridge({ worker, port: port1, shared, limitMs });
}

function startErrorOf(url: string, { kind, code, message }: BridgeFailure): StartError {
  const cause = Object.assign(new Error(message), { code });
  if (kind !== 'taken') return toStartError(url, cause);
  return new StartError(
    `another gateway is using PostgreSQL at ${placeOf(url)}; end it with hotplex gateway stop, or set HOTPLEX_DB_URL for this one`,
    { cause },
  );
}

type BridgeOptions = {
  worker: Worker;
  port: MessagePort;
  shared: Int32Array<SharedArrayBuffer>;
  limitMs: number;
};

/** The main thread's end. */
class PostgresBridge implements PostgresAccess {
  readonly #options: BridgeOptions;
  #lastId = 0;
  #end: 'closed' | Error | undefined;

  constructor(options: BridgeOptions) {
    this.#options = options;
    options.worker.on('error', (error) => {
      this.#end ??= error instanceof Error ? error : new Error(String(error));
    });
  }

  read<Row>(statement: Statement): Row[] {
    const [rows = []] = this.#ask<Row>('read', [statement]);
    return rows;
  }

  write<Row>(statements: readonly Statement[]): Row[][] {
    return this.#ask<Row>('write', statements);
  }

  close(): void {
    if (this.#end !== undefined) return;
    const { worker } = this.#options;
    try {
      this.#wait({ kind: 'close', id: this.#nextId() });
    } catch {
      // Whatever it still waits for ends with it.
    }
    this.#end = 'closed';
    void worker.terminate();
  }

  #ask<Row>(kind: 'read' | 'write', statements: readonly Statement[]): Row[][] {
    if (this.#end !== undefined) throw toGatewayError(new Error('the store is closed', { cause: this.#end }));
    if (Atomics.load(this.#options.shared, places.isDown) === 1)
      throw toPostgresError({ kind: 'unreachable', code: undefined, message: 'it was away a moment ago' });
    const answer = this.#wait({ kind, id: this.#nextId(), statements });
    if ('failure' in answer) throw toPostgresError(answer.failure);
    // What comes back is what the statement says.
    return answer.rows as Row[][];
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  /** Blocks this thread until the answer is there. Throws GatewayError if it takes too long. */
  #wait(request: BridgeRequest & { id: number }): BridgeAnswer {
    const { port, shared, limitMs } = this.#options;
    const deadline = performance.now() + limitMs;
    let seen = Atomics.load(shared, places.answers);
    port.postMessage(request);
    for (;;) {
      Atomics.wait(shared, places.answers, seen, Math.max(0, deadline - performance.now()));
      seen = Atomics.load(shared, places.answers);
      const answer = this.#received(request.id);
      if (answer) return answer;
      if (performance.now() >= deadline) throw this.#givenUp(request);
    }
  }

  /** The answer to this request; those that nobody waits for any more are thrown away. */
  #received(id: number): BridgeAnswer | undefined {
    for (;;) {
      const received = receiveMessageOnPort(this.#options.port);
      if (!received) return undefined;
      const answer: BridgeAnswer = received.message;
      if (answer.id === id) return answer;
    }
  }

  /** Whoever asks next is refused at once, until there is a new connection. */
  #givenUp({ kind }: BridgeRequest): GatewayError {
    const { port, shared } = this.#options;
    Atomics.store(shared, places.isDown, 1);
    const abandon: BridgeRequest = { kind: 'abandon' };
    port.postMessage(abandon);
    const failure = { code: undefined, message: 'it did not answer in time' };
    return toPostgresError({ kind: kind === 'write' ? 'lost' : 'unreachable', ...failure });
  }
}
