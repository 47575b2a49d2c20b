import type { Socket } from './socket.ts';

/** With more frames than this waiting for those before them, no more are read. */
const mostWaiting = 32;

/** The frames of one socket, handled one after another, also while one of them waits; what has no room waits in the network. */
export class FrameQueue {
  readonly #socket: Pick<Socket, 'pause' | 'resume'>;
  #work: Promise<void> = Promise.resolve();
  #waiting = 0;

  constructor(socket: Pick<Socket, 'pause' | 'resume'>) {
    this.#socket = socket;
  }

  /** Handles a frame after those before it; `handle` looks after its own failures. */
  add(handle: () => Promise<void>): void {
    this.#waiting += 1;
    if (this.#waiting === mostWaiting) this.#socket.pause();
    this.#work = this.#work.then(handle).finally(() => {
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#socket.resume();
    });
  }
}
