import { setImmediate } from 'node:timers/promises';
import type { CloseName } from '@hotplex/aep-protocol';
import type { Clock, Timer } from '../ground/clock.ts';
import type { FollowerLimits } from './log-follower.ts';
import type { Socket } from './socket.ts';

export type VisitorWriterOptions = {
  clock: Clock;
  /** As they are at this moment. */
  slowLimits(): FollowerLimits;
};

/** The visitor as the client inside sees him: no more of the log is given to it than he has taken (rule B2). */
export interface SlowReader {
  /** Resolves when nothing waits for him any more, or he is gone. */
  drained(): Promise<void>;
  /** He took too little for too long. */
  tooSlow(reason: string): void;
}

/** Frames to the visitor of a front door. One who does not read them is sent away before they fill the memory (rule B2). */
export class VisitorWriter implements SlowReader {
  readonly #socket: Socket;
  readonly #close: (name: CloseName, reason: string) => void;
  readonly #clock: Clock;
  readonly #limits: FollowerLimits;
  /** Bytes given to the socket that it has not got rid of. */
  #inFlight = 0;
  /** Those who wait for a frame, or for all of them, to leave. */
  readonly #waiting = new Set<() => void>();
  #patience: Timer | undefined;
  #isOver = false;

  constructor(
    { socket, close }: { socket: Socket; close(name: CloseName, reason: string): void },
    { clock, slowLimits }: VisitorWriterOptions,
  ) {
    this.#socket = socket;
    this.#close = close;
    this.#clock = clock;
    this.#limits = slowLimits();
  }

  /** Resolves when the frame has left the process, or nobody is there to take it. */
  async say(frame: object): Promise<void> {
    if (this.#isOver) return;
    if (this.#inFlight > this.#limits.maxBufferedBytes) return this.tooSlow('answers were not read');
    const bytes = Buffer.from(JSON.stringify(frame));
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.add(resolve);
    this.#inFlight += bytes.length;
    this.#patience ??= this.#clock.after(this.#limits.slowTimeoutMs, () => this.tooSlow('nothing was read'));
    this.#socket.send([bytes], () => {
      if (this.#isOver) return;
      this.#inFlight -= bytes.length;
      this.#waiting.delete(resolve);
      if (this.#inFlight > 0) this.#patience?.refresh();
      else this.#rest();
      resolve();
    });
    return promise;
  }

  async drained(): Promise<void> {
    for (;;) {
      // Whoever waited for the last frame to leave may have one more.
      await setImmediate();
      if (this.#inFlight === 0) return;
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  tooSlow(reason: string): void {
    if (this.#isOver) return;
    this.closed();
    this.#close('tooSlow', reason);
  }

  /** He is gone, and nobody waits for him any more. Safe to call twice. */
  closed(): void {
    this.#isOver = true;
    this.#inFlight = 0;
    this.#rest();
  }

  /** Nothing is in flight. */
  #rest(): void {
    this.#patience?.cancel();
    this.#patience = undefined;
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
