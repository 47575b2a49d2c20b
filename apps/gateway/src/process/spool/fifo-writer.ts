import { closeSync, constants, openSync, readFileSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import type { ProcessFolder } from '../process-folder.ts';

/** Our end of the FIFO that a process reads. Writing never blocks: what the process does not take yet waits here. */
export class FifoWriter {
  /** Undefined if nobody reads the FIFO any more. */
  readonly #socket: Socket | undefined;
  readonly #unsent: number;
  #closed = false;

  /** Throws if the files are not there. */
  constructor({ stdin, unsent }: ProcessFolder) {
    this.#socket = openFifo(stdin);
    this.#unsent = openSync(unsent, 'r+');
    this.#socket?.on('error', () => this.#note(false));
  }

  /** Ignored once nobody reads. */
  write(line: string): void {
    const socket = this.#socket;
    if (!socket?.writable) return;
    this.#note(true);
    const look = () => {
      if (socket.writableLength === 0) this.#note(false);
    };
    socket.write(`${line}\n`, look);
    look();
  }

  close(): void {
    this.#closed = true;
    this.#socket?.destroy();
    closeSync(this.#unsent);
  }

  /** Writes down whether we hold bytes that the kernel has not taken: if we die now, half a line may have arrived. */
  #note(unsent: boolean): void {
    if (!this.#closed) writeSync(this.#unsent, unsent ? '1' : '0', 0);
  }
}

/** Whether the gateway that wrote here before died in the middle of a line. */
export function diedWhileWriting({ unsent }: ProcessFolder): boolean {
  try {
    return readFileSync(unsent, 'latin1') === '1';
  } catch {
    return false;
  }
}

/**
 * NOTE: not a file stream: its writes would each hold one of libuv's few threads for as long as the process does not read.
 * The socket waits with epoll.
 */
function openFifo(path: string): Socket | undefined {
  try {
    const fd = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
    return new Socket({ fd, readable: false, writable: true });
  } catch (error) {
    // The process closed its input.
    if (error instanceof Error && 'code' in error && error.code === 'ENXIO') return undefined;
    throw error;
  }
}
