import type { Clock } from '../ground/clock.ts';
import type { Logger } from '../ground/logger.ts';
import type { ChildProcess, Exit, ExitReason, ProcessHandle, ProcessListener } from './child-process.ts';
import { LineReader } from './line-reader.ts';
import type { MemoryLimit } from './memory-limit.ts';
import type { ProcessTree } from './process-tree.ts';
import { StderrTail } from './stderr-tail.ts';
import type { Stdio } from './stdio.ts';
import { stopTree } from './stop-tree.ts';

/** How the leader of a tree ended; null where nobody could tell. */
export type LeaderEnd = { code: number | null; signal: NodeJS.Signals | null };

export type SpawnedProcessOptions = {
  pid: number;
  handle?: ProcessHandle | undefined;
  /** How much of its output an earlier gateway has told. */
  offset?: number;
  stdio: Stdio;
  /** Calls back once, when the leader is gone. */
  onceEnded(told: (end: LeaderEnd) => void): void;
  tree: ProcessTree;
  maxLineBytes: number;
  graceMs: number;
  listener: ProcessListener;
  /** Why it cannot go on: it is ended at once, with these words, but not before all it said was told. */
  verdict?: string | undefined;
  /** Watches its memory and calls back when it is too much, until that is called off. */
  memory?: Pick<MemoryLimit, 'watch'> | undefined;
  /** What is to be cleared away when the exit was told. */
  clear(): Promise<void>;
  clock: Clock;
  logger: Logger;
};

const stderrBytes = 8 * 1024;

/** A process that runs. It is gone, and says so, when its whole tree is gone and its last line was told. */
export class SpawnedProcess implements ChildProcess {
  readonly pid: number;
  readonly handle: ProcessHandle | undefined;
  readonly #options: SpawnedProcessOptions;
  readonly #lines: LineReader;
  readonly #stderr = new StderrTail(stderrBytes);
  readonly #gone = Promise.withResolvers<Exit>();
  /** The first cause; never changed. */
  #cause: { reason: ExitReason; message?: string } | undefined;
  /** The signal that asked it to finish. */
  #request: NodeJS.Signals | undefined;
  #stopping: Promise<void> | undefined;

  constructor(options: SpawnedProcessOptions) {
    this.pid = options.pid;
    this.handle = options.handle;
    this.#options = options;
    this.#lines = new LineReader(options.maxLineBytes);
    options.stdio.listen({
      onOutput: (chunk) => this.#read(chunk),
      onError: (chunk) => this.#stderr.push(chunk),
      onLost: ({ reason, message }) => this.#stopFor(reason, message),
    });
    if (options.verdict !== undefined) this.#stopFor('killed', options.verdict);
    const unwatch = options.memory?.watch(options.pid, (message) => this.#stopFor('memory-limit', message));
    options.onceEnded((end) => {
      unwatch?.();
      void this.#finish(end);
    });
  }

  get offset(): number {
    return (this.#options.offset ?? 0) + this.#lines.toldBytes;
  }

  writeLine(line: string): void {
    this.#options.stdio.write(line);
  }

  closeInput(): void {
    this.#request ??= this.#options.stdio.closeInput()?.signal;
  }

  stop(): Promise<Exit> {
    this.#cause ??= { reason: 'stopped' };
    void this.#stopTree();
    return this.#gone.promise;
  }

  #read(chunk: Buffer): void {
    this.#tell(this.#lines.push(chunk));
    if (!this.#lines.overflowed) return;
    const limit = this.#options.maxLineBytes;
    this.#stopFor('output-limit', `the process wrote a line of more than ${limit} bytes`);
  }

  #tell(lines: readonly string[]): void {
    if (lines.length > 0) this.#options.listener.onLines(lines);
  }

  #stopFor(reason: ExitReason, message: string): void {
    this.#cause ??= { reason, message };
    void this.#stopTree();
  }

  async #finish({ code, signal }: LeaderEnd): Promise<void> {
    const { stdio, logger, listener } = this.#options;
    const byItself = signal === null || signal === this.#request;
    stdio.lookForLoss();
    this.#cause ??= { reason: byItself ? 'exited' : 'killed' };
    const cause = this.#cause;
    await stdio.settle();
    await this.#stopTree();
    await stdio.finish();
    this.#tell(this.#lines.end());
    const exit: Exit = { ...cause, code, signal, stderr: this.#stderr.text() };
    logger.debug({ pid: this.pid, reason: exit.reason, exit_code: code, signal }, 'process ended');
    listener.onExit(exit);
    await this.#clear();
    this.#gone.resolve(exit);
  }

  async #clear(): Promise<void> {
    try {
      await this.#options.clear();
    } catch (error) {
      this.#options.logger.warn({ pid: this.pid, error: String(error) }, 'the folder of a process stays');
    }
  }

  async #stopNow(): Promise<void> {
    const { tree, clock, graceMs, logger } = this.#options;
    const gone = await stopTree({ tree, clock, graceMs });
    if (!gone) logger.error({ pid: this.pid }, 'a process of this tree cannot be killed; end it by hand');
  }

  #stopTree(): Promise<void> {
    this.#stopping ??= this.#stopNow();
    return this.#stopping;
  }
}
