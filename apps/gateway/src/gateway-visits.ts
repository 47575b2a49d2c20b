import type { EventEmitter } from 'node:events';
import type { Clock } from './ground/clock.ts';

/** Who is at the gateway's port, with a request or a socket. */
export class Visits {
  readonly #clock: Clock;
  #open = 0;
  #lastAt: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#lastAt = clock.elapsed();
  }

  /** Somebody is there until this is closed. */
  count(visit: Pick<EventEmitter, 'once'>): void {
    this.#open += 1;
    visit.once('close', () => {
      this.#open -= 1;
      this.#lastAt = this.#clock.elapsed();
    });
  }

  /** For how long nobody has been there, ms. */
  unusedMs(): number {
    return this.#open > 0 ? 0 : this.#clock.elapsed() - this.#lastAt;
  }
}
