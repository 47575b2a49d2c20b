import type { Clock, Timer } from '../../ground/clock.ts';
import type { Logger } from '../../ground/logger.ts';
import { failureCode } from './failure-code.ts';

/** Between two pieces of work the event loop is free for those who wait. */
const pauseMs = 5;
const retryMs = 30_000;

type BackgroundOptions = {
  clock: Clock;
  logger: Logger;
  /** The most urgent work there is, as pieces of a few milliseconds at most; undefined if there is none. */
  next(): Iterator<void> | undefined;
};

/** Work on the database that nobody waits for, done piece by piece. What fails is tried again later. */
export class BackgroundWork {
  readonly #options: BackgroundOptions;
  #current: Iterator<void> | undefined;
  #timer: Timer | undefined;
  #closed = false;

  constructor(options: BackgroundOptions) {
    this.#options = options;
  }

  /** There may be something to do. */
  wake(ms: number = pauseMs): void {
    if (this.#closed || this.#timer) return;
    this.#timer = this.#options.clock.after(ms, () => {
      this.#timer = undefined;
      if (!this.#closed && this.#step()) this.wake();
    });
  }

  /** Does one piece of work; false if there is none, or if it failed. */
  #step(): boolean {
    try {
      this.#current ??= this.#options.next();
      if (!this.#current) return false;
      if (this.#current.next().done) this.#current = undefined;
      return true;
    } catch (error) {
      this.#current = undefined;
      const reason = failureCode(error) ?? String(error);
      this.#options.logger.warn(
        { reason },
        'work on the database in the background failed; it is tried again',
      );
      this.wake(retryMs);
      return false;
    }
  }

  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
  }
}
