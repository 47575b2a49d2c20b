import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import type { Clock } from '../ground/clock.ts';
import type {
  ChildProcess,
  Exit,
  ExitReason,
  ProcessListener,
  ProcessOptions,
  SpawnProcess,
} from './child-process.ts';
import { LineReader } from './line-reader.ts';
import { descendants, signal } from './process-tree.ts';
import { StderrTail } from './stderr-tail.ts';

const defaults = { maxLineBytes: 32 * 1024 * 1024, graceMs: 5_000 };
const stderrKept = 256 * 1024;
const stderrTold = 8 * 1024;
/** How long output may still come once the process is gone: a grandchild can hold the pipe open for ever. */
const drainMs = 1_000;
const killRounds = 5;

/** Starts processes in groups of their own. The mark in their environment lets stragglers be found later. */
export function createSpawnProcess({ clock }: { clock: Clock }): SpawnProcess {
  return (options, listener) => new SpawnedProcess(options, listener, clock);
}

class SpawnedProcess implements ChildProcess {
  readonly #options: ProcessOptions;
  readonly #listener: ProcessListener;
  readonly #clock: Clock;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #mark = `AGENT_PROCESS_TREE=${randomUUID()}`;
  readonly #reader: LineReader;
  readonly #stderr = new StderrTail(stderrKept);
  readonly #exited = Promise.withResolvers<Exit>();
  /** The first cause wins. */
  #reason: ExitReason | undefined;
  #message: string | undefined;
  #stopping: Promise<Exit> | undefined;
  #over = false;

  constructor(options: ProcessOptions, listener: ProcessListener, clock: Clock) {
    this.#options = options;
    this.#listener = listener;
    this.#clock = clock;
    this.#reader = new LineReader(options.maxLineBytes ?? defaults.maxLineBytes);
    const [name = '', value = ''] = this.#mark.split('=');
    this.#child = spawn(options.file, [...options.args], {
      cwd: options.cwd,
      env: { ...options.env, [name]: value },
      detached: true,
      stdio: 'pipe',
    });
    this.#child.stdout.on('data', (chunk: Buffer) => this.#read(chunk));
    this.#child.stderr.on('data', (chunk: Buffer) => this.#stderr.push(chunk));
    for (const stream of [this.#child.stdin, this.#child.stdout, this.#child.stderr])
      stream.on('error', () => {});
    this.#child.once('error', (error) => this.#failed(error));
    this.#child.once('exit', () => {
      const drain = clock.after(drainMs, () => this.#finish());
      this.#child.once('close', () => {
        drain.cancel();
        this.#finish();
      });
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  writeLine(line: string): void {
    if (!this.#over && this.#child.stdin.writable) this.#child.stdin.write(`${line}\n`);
  }

  closeInput(): void {
    this.#child.stdin.end();
  }

  stop(): Promise<Exit> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<Exit> {
    const { pid } = this;
    if (pid === undefined || this.#over) return this.#exited.promise;
    this.#reason ??= 'stopped';
    const family = descendants(pid, this.#mark);
    this.#signalGroup('SIGTERM');
    const grace = this.#clock.after(this.#options.graceMs ?? defaults.graceMs, () => {
      for (const member of new Set([...family, ...descendants(pid, this.#mark)])) signal(member, 'SIGKILL');
      this.#signalGroup('SIGKILL');
    });
    const exit = await this.#exited.promise;
    grace.cancel();
    return exit;
  }

  #read(chunk: Buffer): void {
    if (this.#over || this.#reason === 'output-limit') return;
    const { lines, tooLong } = this.#reader.push(chunk);
    if (lines.length > 0) this.#listener.onLines(lines);
    if (!tooLong) return;
    this.#reason ??= 'output-limit';
    this.#message ??= `the agent wrote a line of more than ${this.#options.maxLineBytes ?? defaults.maxLineBytes} bytes and was ended`;
    this.#signalGroup('SIGKILL');
  }

  #failed(error: NodeJS.ErrnoException): void {
    if (this.pid !== undefined) return;
    this.#reason ??= 'start-failed';
    this.#message ??= explainStart(error, this.#options);
    this.#finish();
  }

  /** The process is gone: sweep what it left behind, then tell. */
  #finish(): void {
    if (this.#over) return;
    const rest = this.#reader.end();
    if (rest !== undefined && this.#reason !== 'output-limit') this.#listener.onLines([rest]);
    this.#over = true;
    this.#child.stdout.destroy();
    this.#child.stderr.destroy();
    this.#sweep();
    const { exitCode: code, signalCode } = this.#child;
    const reason = this.#reason ?? (signalCode === null ? 'exited' : 'killed');
    const exit: Exit = {
      reason,
      code: reason === 'start-failed' ? null : code,
      signal: signalCode,
      stderr: this.#stderr.text(stderrTold),
      ...(this.#message === undefined ? {} : { message: this.#message }),
    };
    this.#listener.onExit(exit);
    this.#exited.resolve(exit);
  }

  #sweep(): void {
    const { pid } = this;
    if (pid === undefined) return;
    this.#signalGroup('SIGKILL');
    for (let round = 0; round < killRounds; round++) {
      const left = descendants(pid, this.#mark);
      if (left.length === 0) return;
      for (const member of left) signal(member, 'SIGKILL');
    }
  }

  #signalGroup(name: NodeJS.Signals): void {
    if (this.pid !== undefined) signal(process.platform === 'win32' ? this.pid : -this.pid, name);
  }
}

/** NOTE: Node reports a missing working directory as ENOENT of the binary, so the directory is looked at first. */
function explainStart(error: NodeJS.ErrnoException, { file, cwd }: ProcessOptions): string {
  if (!isDirectory(cwd)) return `the work directory ${cwd} does not exist: create it or choose another one`;
  if (error.code === 'ENOENT') return `${file} was not found: check that the agent is installed`;
  if (error.code === 'EACCES') return `${file} may not be executed: check its permissions`;
  if (error.code === 'EMFILE' || error.code === 'EAGAIN')
    return `the system allows no further process (${error.code}): raise its limits or end sessions`;
  return `${file} could not be started: ${error.message}`;
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
