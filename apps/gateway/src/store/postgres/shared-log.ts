import type { OwnerTable } from '../../ground/owner-table.ts';
import type { SharedLog, SharedOutcome, SharedWrite } from '../shared-log.ts';
import type { AppendParts } from './append-part.ts';
import { appendStatement, type StepOutcome } from './append-statement.ts';
import { beginStatements } from './begin-statements.ts';
import { BridgeError, codeOf, isFromServer, toBridgeFailure } from './bridge-error.ts';
import { connectPostgres, cutOff, type PostgresClient } from './connect-postgres.ts';
import { createOwnerTable } from './owner-table.ts';
import { planSteps } from './plan-steps.ts';
import type { Statement } from './postgres-access.ts';
import { StatementRunner } from './statement-runner.ts';
import type { Step } from './step.ts';
import { takeLock } from './take-lock.ts';
import { toPostgresError } from './to-postgres-error.ts';

export type SharedLogOptions = {
  url: string;
  /** Of this node, as in `session_owners`; it gets another one when its owner table moves what it has. */
  life: string;
  /** Of this node, for sessions that begin here. */
  workspace: string;
  /** What belongs to a step and is kept beside the session. */
  parts: AppendParts;
  /** How long one statement or connection may take, milliseconds. Default 10 s. */
  limitMs?: number;
};

type Connected = { client: PostgresClient; runner: StatementRunner };
/** A write and where it stood in the call. */
type Placed = { write: SharedWrite; place: number };

/**
 * What is wrong with the data itself, of https://www.postgresql.org/docs/current/errcodes-appendix.html: values (22),
 * constraints (23), sizes (54). Sending it again would not help.
 */
const unfit = /^(22|23|54)/;

/** The log that all nodes share, and whose sessions are: what is asked of the one comes behind what was written to the other. */
export type OpenSharedLog = SharedLog & { owners: OwnerTable; close(): Promise<void> };

/** Opens it on a connection of its own that nobody sleeps for, made when it is first needed. */
export function openSharedLog(options: SharedLogOptions): OpenSharedLog {
  return new PostgresSharedLog(options);
}

class PostgresSharedLog implements OpenSharedLog {
  readonly owners: OwnerTable;
  readonly #options: SharedLogOptions;
  /** All that this process has had, the newest last: whatever is one's and has its fence is this node's. */
  readonly #lives: string[];
  #connection: Promise<Connected> | undefined;
  /** Calls are done one after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: SharedLogOptions) {
    this.#options = options;
    this.#lives = [options.life];
    this.owners = createOwnerTable({
      ask: (statements) => this.#inTurn(() => this.#run(statements)),
      moves: (life) => void this.#lives.push(life),
    });
  }

  append(writes: readonly SharedWrite[]): Promise<SharedOutcome[]> {
    return this.#inTurn(() => this.#append(writes));
  }

  async close(): Promise<void> {
    await this.#last;
    const connected = await this.#connection?.catch(() => undefined);
    this.#connection = undefined;
    await connected?.client.end();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #append(writes: readonly SharedWrite[]): Promise<SharedOutcome[]> {
    const outcomes: SharedOutcome[] = writes.map(() => 'refused');
    const begins = new Map(
      writes.flatMap(({ kind, sessionId }, place) => (kind === 'commit' ? [] : [[sessionId, place]])),
    );
    const additions: Placed[] = [];
    for (const [place, write] of writes.entries()) {
      // Of a session that was removed: the next one of that id begins behind it.
      if (place < (begins.get(write.sessionId) ?? 0)) outcomes[place] = 'fenced';
      else additions.push({ write, place });
    }
    await this.#store(additions, outcomes);
    return outcomes;
  }

  /**
   * All at once; what is refused with its neighbours is tried alone, so that only what does not fit stays refused. Each
   * wave is a transaction of its own: locks are taken in one order by all, and none waits for what this thread is to send.
   */
  async #store(additions: readonly Placed[], outcomes: SharedOutcome[]): Promise<void> {
    const steps = additions.map(({ write: { fence, number, ...write } }) => ({
      ...{ ...write, owned: { fence, number } },
    }));
    const alone: Placed[] = [];
    for (const wave of planSteps(steps).waves) {
      const found = await this.#storeWave(wave.map(({ step }) => step));
      for (const { step, places } of wave) {
        const outcome = outcomeOf(found.get(step.sessionId), step.owned?.last ?? 0);
        const own = places.flatMap((index) => additions[index] ?? []);
        if (outcome === 'refused' && additions.length > 1) alone.push(...own);
        else for (const { place } of own) outcomes[place] = outcome;
      }
    }
    for (const addition of alone.toSorted((a, b) => a.place - b.place))
      await this.#store([addition], outcomes);
  }

  async #storeWave(steps: readonly Step[]): Promise<Map<string, StepOutcome>> {
    const { parts, workspace } = this.#options;
    const results = await this.#run<StepOutcome>([
      ...beginStatements(steps, { life: this.#lives.at(-1) ?? '', workspace }),
      appendStatement(steps, { parts, lives: this.#lives }),
    ]);
    return new Map(results.at(-1)?.map((row) => [row.sessionId, row]));
  }

  /** Nothing if it is the data that is at fault; then none of it is stored. Rejects with GatewayError. */
  async #run<Row>(statements: readonly Statement[]): Promise<Row[][]> {
    const connection = this.#connection ?? this.#connect();
    this.#connection = connection;
    try {
      const { client, runner } = await connection;
      try {
        // What comes back is what the statements say.
        return (await runner.run(statements)) as Row[][];
      } catch (error) {
        if (isFromServer(error) && unfit.test(codeOf(error) ?? '')) return [];
        if (isFromServer(error)) throw error;
        this.#forget(connection);
        cutOff(client);
        throw new BridgeError('lost', 'the connection was lost', { cause: error });
      }
    } catch (error) {
      throw toPostgresError(toBridgeFailure(error));
    }
  }

  #connect(): Promise<Connected> {
    const connection = connect(this.#options);
    connection.then(
      ({ client }) => {
        for (const event of ['error', 'end'] as const) client.on(event, () => this.#forget(connection));
      },
      () => this.#forget(connection),
    );
    return connection;
  }

  /** The next call connects anew, unless one has done so already. */
  #forget(connection: Promise<Connected>): void {
    if (this.#connection === connection) this.#connection = undefined;
  }
}

async function connect({ url, limitMs = 10_000 }: SharedLogOptions): Promise<Connected> {
  let client: PostgresClient;
  try {
    client = await connectPostgres({ url, connectMs: limitMs, statementMs: limitMs });
  } catch (error) {
    throw new BridgeError('unreachable', 'there is no connection', { cause: error });
  }
  await takeLock(client, { lock: 'several', waitMs: limitMs / 2 });
  return { client, runner: new StatementRunner(client) };
}

/** `last` is the number of the write, or of the last of those that are one step. */
function outcomeOf(row: StepOutcome | undefined, last: number): SharedOutcome {
  if (!row) return 'refused';
  if (row.isStored) return 'stored';
  if (row.isHeld !== true) return 'fenced';
  // It had been stored already, and the answer was lost.
  return (row.written ?? 0) >= last ? 'stored' : 'refused';
}
