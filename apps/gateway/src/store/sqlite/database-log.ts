import { Worker } from 'node:worker_threads';
import type { Clock, Timer } from '../../ground/clock.ts';
import type { Logger } from '../../ground/logger.ts';
import { ownProgram } from '../../ground/own-program.ts';
import type { Checkpointed } from './checkpoint-thread.ts';
import type { SqliteConnection } from './connect-sqlite.ts';
import { failureCode } from './failure-code.ts';
import type { Synchronous } from './open-database.ts';

export type DatabaseLogOptions = {
  connection: SqliteConnection;
  /** Where its file is. */
  path: string;
  synchronous: Synchronous;
  clock: Clock;
  logger: Logger;
  limits?: Partial<LogLimits>;
};

/** In pages of 4 KiB. */
export type LogLimits = {
  /**
   * So much is put into the database at a time. NOTE: four times SQLite's default, because a page that sessions write again
   * and again is then put there a quarter as often, and so often the disk is waited for.
   */
  due: number;
  /** A log that is so long must begin anew, which it otherwise does by itself as soon as nobody writes for a moment. */
  long: number;
};

const defaultLimits: LogLimits = { due: 4_000, long: 16_000 };
const lookMs = 100;
/** What little was written while the thread worked is put into the database here. */
const fewPages = 256;
/** After so many rounds the rest is not waited for to become less. */
const mostRounds = 4;

type State = { log: number; checkpointed: number };
const nothing: State = { log: 0, checkpointed: 0 };

/**
 * What was written and is not in the database file yet (SQLite's write-ahead log). It is put there by a thread of its own:
 * the disk is waited for then, 10 to 25 ms, and all sessions would wait with it. The thread is started when it is first needed.
 */
export class DatabaseLog {
  readonly #options: DatabaseLogOptions;
  readonly #limits: LogLimits;
  readonly #state: () => State | undefined;
  #thread: Worker | undefined;
  /** The thread broke: SQLite does by itself what is due. */
  #isAlone = false;
  #timer: Timer | undefined;
  /** How often the thread was asked in a row; 0: it does nothing. */
  #rounds = 0;
  #mustEmpty = false;
  #isClosed = false;

  constructor(options: DatabaseLogOptions) {
    const { connection, limits } = options;
    this.#options = options;
    this.#limits = { ...defaultLimits, ...limits };
    const look = connection.prepare<[], State>('pragma wal_checkpoint(noop)');
    this.#state = () => look.get();
    connection.pragma('wal_autocheckpoint = 0');
  }

  /** Something was written. */
  written(): void {
    this.#timer ??= this.#options.clock.after(lookMs, () => this.#look());
  }

  /** Deleted text is overwritten in the database (secure_delete) but stays in the log until that is emptied. */
  empty(): void {
    this.#mustEmpty = true;
    if (this.#rounds > 0) return;
    if (!this.#isAlone && this.#waiting() >= this.#limits.due) this.#ask();
    else this.#truncate();
  }

  /** Call before the connection is closed. */
  close(): void {
    this.#isClosed = true;
    this.#timer?.cancel();
    this.#thread?.postMessage('close');
  }

  #look(): void {
    this.#timer = undefined;
    if (this.#isClosed || this.#isAlone || this.#rounds > 0) return;
    if (this.#waiting() >= this.#limits.due) this.#ask();
  }

  /** Pages of the log that are not in the database. */
  #waiting(): number {
    try {
      const { log, checkpointed } = this.#state() ?? nothing;
      return log - checkpointed;
    } catch {
      // Whoever writes next is told what is the matter.
      return 0;
    }
  }

  #ask(): void {
    this.#rounds += 1;
    this.#thread ??= this.#startThread();
    this.#thread.postMessage('checkpoint');
  }

  #startThread(): Worker {
    const { path, synchronous } = this.#options;
    const thread = new Worker(ownProgram('checkpoint-thread', import.meta.url), {
      ...{ name: 'checkpoints', workerData: { path, synchronous }, env: {}, execArgv: [] },
      resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 },
    });
    thread.unref();
    thread.on('message', (answer: Checkpointed) => this.#hear(answer));
    thread.on('error', (error) => this.#goAlone(error));
    return thread;
  }

  #hear(answer: Checkpointed): void {
    if (this.#isClosed) return;
    const hasFailed = 'reason' in answer;
    if (hasFailed) this.#options.logger.warn(answer, 'the log could not be put into the database');
    const mustEnd = this.#mustEmpty || (!hasFailed && answer.log >= this.#limits.long);
    if (mustEnd && !hasFailed && this.#rounds < mostRounds && this.#waiting() > fewPages) {
      this.#ask();
      return;
    }
    this.#rounds = 0;
    if (this.#mustEmpty) this.#truncate();
    // While somebody writes all the time there is always a bit that the thread has not put there, and no log begins anew.
    else if (mustEnd) this.#checkpoint('passive');
  }

  #truncate(): void {
    this.#mustEmpty = false;
    const reason = this.#checkpoint('truncate');
    if (reason !== undefined)
      this.#options.logger.warn({ reason }, 'deleted content stays in the log until the next checkpoint');
  }

  /** Waits for the disk, here. Returns what was in the way. */
  #checkpoint(how: 'passive' | 'truncate'): string | undefined {
    try {
      const isBusy = this.#options.connection.pragma(`wal_checkpoint(${how})`, { simple: true }) !== 0;
      return isBusy ? 'SQLITE_BUSY' : undefined;
    } catch (error) {
      return failureCode(error) ?? String(error);
    }
  }

  #goAlone(error: unknown): void {
    if (this.#isClosed) return;
    this.#isAlone = true;
    this.#thread = undefined;
    this.#rounds = 0;
    const { connection, logger } = this.#options;
    logger.warn({ error: String(error) }, 'the log is put into the database while sessions wait');
    connection.pragma(`wal_autocheckpoint = ${this.#limits.due}`);
    if (this.#mustEmpty) this.#truncate();
  }
}
