import { type FSWatcher, watch as fsWatch, realpathSync, statSync, truncateSync } from 'node:fs';
import type { Clock, Timer } from '../../ground/clock.ts';
import { freeBytes } from '../../ground/free-bytes.ts';
import { drainMs } from '../pipes.ts';
import type { ProcessFolder } from '../process-folder.ts';
import type { ProcessTable } from '../process-table.ts';
import type { ProcessTree } from '../process-tree.ts';
import type { Stdio, StdioListener } from '../stdio.ts';
import { FifoWriter } from './fifo-writer.ts';
import { FileTail } from './file-tail.ts';
import { SpentBytes } from './spent-bytes.ts';

export type SpoolLimits = {
  /** More unread output ends the process. */
  backlogBytes: number;
  /** An output that long ends the process where the file system takes nothing back. */
  fileBytes: number;
  /** With less room on the disk than this the process is ended: what it says next might be cut off, and nobody would know. */
  freeBytes: number;
};

export type SpoolOptions = {
  folder: ProcessFolder;
  /** From where the output is told. */
  offset: number;
  tree: ProcessTree;
  table: ProcessTable;
  clock: Clock;
  limits?: Partial<SpoolLimits>;
  /** Default: the kernel's notifications. */
  watch?: typeof fsWatch;
};

const lineFeed = 0x0a;
const mebibyte = 1024 * 1024;
const defaultLimits: SpoolLimits = {
  backlogBytes: 256 * mebibyte,
  fileBytes: 1024 * mebibyte,
  freeBytes: mebibyte,
};
const outputStep = 16 * mebibyte;
const errorStep = mebibyte;
/** Only the last words are kept, so what lies further back need not be read. */
const errorBytes = 64 * 1024;
/** Notifications can be missed, e.g. on network file systems; without any, looking often has to do. */
const [lookMs, blindLookMs, holderMs] = [500, 50, 50];

/**
 * A process's input as a FIFO, or a file that holds it all, and its output as files, which stay when the gateway dies. What was read is given back
 * to the file system; positions in the output never change.
 */
export class Spool implements Stdio {
  readonly #options: SpoolOptions;
  readonly #limits: SpoolLimits;
  /** Undefined for a process that was given all its input at once. */
  readonly #input: FifoWriter | undefined;
  readonly #output: FileTail;
  readonly #errors: FileTail;
  readonly #spentOutput: SpentBytes;
  readonly #spentErrors: SpentBytes;
  /** As the kernel names them. */
  readonly #files: readonly string[];
  /** Where the line begins that has not ended yet. */
  #lineStart: number;
  #listener: StdioListener | undefined;
  #watcher: FSWatcher | undefined;
  #timer: Timer | undefined;

  /** Throws if the files are not there. */
  constructor(options: SpoolOptions) {
    const { folder, offset } = options;
    this.#options = options;
    this.#lineStart = offset;
    this.#limits = { ...defaultLimits, ...options.limits };
    this.#files = [realpathSync(folder.stdout), realpathSync(folder.stderr)];
    this.#input = statSync(folder.stdin).isFIFO() ? new FifoWriter(folder) : undefined;
    this.#output = new FileTail({
      path: folder.stdout,
      position: offset,
      onChunk: (chunk) => this.#tell(chunk),
      onUnreadable: (error) => this.#endFor(`the output of the process cannot be read: ${error}`),
    });
    this.#errors = new FileTail({
      path: folder.stderr,
      position: 0,
      onChunk: (chunk) => this.#listener?.onError(chunk),
      onUnreadable: () => {},
    });
    // What was told may not be stored yet, and a later gateway begins with what is not, at the beginning of a line.
    this.#spentOutput = new SpentBytes({ path: folder.stdout, stepBytes: outputStep, keepBytes: outputStep });
    this.#spentErrors = new SpentBytes({ path: folder.stderr, stepBytes: errorStep, keepBytes: 0 });
  }

  listen(listener: StdioListener): void {
    this.#listener = listener;
    this.#watch();
    setImmediate(() => this.#look());
    this.#lookLater();
  }

  write(line: string): void {
    this.#input?.write(line);
  }

  closeInput(): { signal: NodeJS.Signals } | undefined {
    if (!this.#input) return undefined;
    this.#options.tree.signalLeader('SIGTERM');
    return { signal: 'SIGTERM' };
  }

  lookForLoss(): void {
    const free = freeBytes(this.#options.folder.path);
    if (free === undefined || free >= this.#limits.freeBytes) return;
    const message =
      'the disk of the gateway is full: what the agent said could not be kept; make room, then send the next prompt to resume';
    // What comes after a gap would be told as if there were none.
    void this.#output.look().then(() => this.#output.close());
    this.#listener?.onLost({ reason: 'disk-full', message });
  }

  async settle(): Promise<void> {
    const { clock } = this.#options;
    let isPatient = true;
    const patience = clock.after(drainMs, () => {
      isPatient = false;
    });
    while (isPatient && (await this.#isHeld())) {
      await new Promise<void>((resolve) => clock.after(holderMs, resolve));
    }
    patience.cancel();
  }

  async finish(): Promise<void> {
    this.#watcher?.close();
    this.#timer?.cancel();
    await Promise.all([this.#output.look(), this.#lookAtErrors()]);
    // Whoever was reading when the last byte was written may have seen the end before it.
    await Promise.all([this.#output.look(), this.#lookAtErrors()]);
    this.#output.close();
    this.#errors.close();
    this.#input?.close();
    await Promise.all([this.#spentOutput.settle(), this.#spentErrors.settle()]);
  }

  /** Whether a living process could still write. */
  async #isHeld(): Promise<boolean> {
    const { tree, table } = this.#options;
    const living = await tree.list();
    return living.some(({ pid }) => this.#files.some((file) => table.hasOpen(pid, file)));
  }

  #watch(): void {
    const blind = () => {
      this.#watcher?.close();
      this.#watcher = undefined;
    };
    const { folder, watch = fsWatch } = this.#options;
    try {
      this.#watcher = watch(folder.path, (_, name) => {
        if (name === 'stdout') void this.#output.look();
        else if (name === 'stderr') void this.#lookAtErrors();
      });
      this.#watcher.on('error', blind);
    } catch {
      // The machine is out of watches (fs.inotify.max_user_watches).
      blind();
    }
  }

  #lookLater(): void {
    this.#timer = this.#options.clock.after(this.#watcher ? lookMs : blindLookMs, () => {
      this.#look();
      this.lookForLoss();
      this.#lookLater();
    });
  }

  #look(): void {
    void this.#output.look();
    void this.#lookAtErrors();
  }

  #tell(chunk: Buffer): void {
    this.#listener?.onOutput(chunk);
    const lineEnd = chunk.lastIndexOf(lineFeed);
    if (lineEnd !== -1) this.#lineStart = this.#output.position - chunk.length + lineEnd + 1;
    this.#spentOutput.giveUpTo(this.#lineStart);
    const { backlogBytes, fileBytes } = this.#limits;
    if (!this.#output.isAtEnd && this.#output.backlog > backlogBytes) {
      this.#endFor(`the process wrote faster than it could be read: more than ${backlogBytes} bytes waited`);
    } else if (this.#spentOutput.refused && this.#output.position > fileBytes) {
      this.#endFor(
        `the process wrote more than ${fileBytes} bytes, and this file system takes no part of a file back`,
      );
    }
  }

  /** Nothing more is read: the rest would only be more of it. */
  #endFor(message: string): void {
    this.#output.close();
    this.#listener?.onLost({ reason: 'output-limit', message });
  }

  #lookAtErrors(): Promise<void> {
    const { backlog, position } = this.#errors;
    if (backlog === 0) return Promise.resolve();
    if (backlog > errorBytes) this.#errors.moveTo(position + backlog - errorBytes);
    const read = this.#errors.look();
    this.#spentErrors.giveUpTo(this.#errors.position);
    if (this.#spentErrors.refused && this.#errors.position > errorStep) this.#emptyErrors();
    return read;
  }

  #emptyErrors(): void {
    try {
      truncateSync(this.#options.folder.stderr, 0);
      this.#errors.moveTo(0);
    } catch {
      // Somebody cleared the folder away: there is nothing to give back.
    }
  }
}
