import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import type { Clock } from '../ground/clock.ts';
import type { Logger } from '../ground/logger.ts';
import type { ChildProcess, Exit, ExitReason, ProcessListener } from './child-process.ts';
import { LineReader } from './line-reader.ts';
import type { ProcessTree } from './process-tree.ts';
import { StderrTail } from './stderr-tail.ts';
import { stopTree } from './stop-tree.ts';

export type SpawnedProcessOptions = {
  child: ChildProcessWithoutNullStreams;
  pid: number;
  tree: ProcessTree;
  maxLineBytes: number;
  graceMs: number;
  listener: ProcessListener;
  clock: Clock;
  logger: Logger;
};

/** How long the output is still read after the process ended while a grandchild holds the pipe open. */
const drainMs = 1_000;
const stderrBytes = 8 * 1024;

/** A child that runs. It is gone, and says so, when its whole tree is gone and its last line was told. */
export class SpawnedProcess implements ChildProcess {
  readonly pid: number;
  /** Its pipes end with the gateway, and so does it. */
  readonly handle = undefined;
  readonly offset = 0;
  readonly #options: SpawnedProcessOptions;
  readonly #lines: LineReader;
  readonly #stderr = new StderrTail(stderrBytes);
  readonly #gone = Promise.withResolvers<Exit>();
  /** The first cause; never changed. */
  #cause: { reason: ExitReason; message?: string } | undefined;
  #stopping: Promise<void> | undefined;

  constructor(options: SpawnedProcessOptions) {
    this.pid = options.pid;
    this.#options = options;
    this.#lines = new LineReader(options.maxLineBytes);
    const { stdin, stdout, stderr } = options.child;
    stdout.on('data', (chunk: Buffer) => this.#read(chunk));
    stdout.on('end', () => this.#tell(this.#lines.end()));
    stderr.on('data', (chunk: Buffer) => this.#stderr.push(chunk));
    // A broken pipe is no failure of its own: the exit, which is on its way, tells what happened.
    for (const source of [stdin, stdout, stderr, options.child]) source.on('error', () => {});
    options.child.once('exit', (code, signal) => void this.#finish(code, signal));
  }

  writeLine(line: string): void {
    const { stdin } = this.#options.child;
    if (stdin.writable) stdin.write(`${line}\n`);
  }

  closeInput(): void {
    this.#options.child.stdin.end();
  }

  stop(): Promise<Exit> {
    this.#cause ??= { reason: 'stopped' };
    void this.#stopTree();
    return this.#gone.promise;
  }

  #read(chunk: Buffer): void {
    this.#tell(this.#lines.push(chunk));
    if (!this.#lines.overflowed) return;
    const message = `the process wrote a line of more than ${this.#options.maxLineBytes} bytes`;
    this.#cause ??= { reason: 'output-limit', message };
    void this.#stopTree();
  }

  #tell(lines: readonly string[]): void {
    if (lines.length > 0) this.#options.listener.onLines(lines);
  }

  async #finish(code: number | null, signal: NodeJS.Signals | null): Promise<void> {
    this.#cause ??= { reason: signal === null ? 'exited' : 'killed' };
    const cause = this.#cause;
    await this.#drain();
    await this.#stopTree();
    const exit: Exit = { ...cause, code, signal, stderr: this.#stderr.text() };
    const { logger, listener } = this.#options;
    logger.debug({ pid: this.pid, reason: exit.reason, code, signal }, 'process ended');
    this.#gone.resolve(exit);
    listener.onExit(exit);
  }

  /** Resolves once both outputs are closed, by their writers or after the wait by us. */
  #drain(): Promise<unknown> {
    const { child, clock } = this.#options;
    const outputs = [child.stdout, child.stderr];
    const patience = clock.after(drainMs, () => {
      for (const output of outputs) output.destroy();
    });
    const closed = outputs.map((output) => {
      return new Promise<void>((resolve) =>
        output.closed ? resolve() : output.once('close', () => resolve()),
      );
    });
    return Promise.all(closed).then(() => patience.cancel());
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
