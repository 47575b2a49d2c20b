import type { Clock } from './clock.ts';

export type Rate = {
  /** How many may come in a second in the long run. */
  perSecond: number;
  /** How many may come at once. */
  burst: number;
};

/** Lets things through at a rate; what was not used is saved up to the burst. */
export class TokenBucket {
  readonly #clock: Clock;
  readonly #rate: Rate;
  #tokens: number;
  #at: number;

  constructor(clock: Clock, rate: Rate) {
    this.#clock = clock;
    this.#rate = rate;
    this.#tokens = rate.burst;
    this.#at = clock.elapsed();
  }

  /** Whether it is as good as a new one. */
  get isFull(): boolean {
    return this.level >= this.#rate.burst;
  }

  /** How many could be taken now; not always a whole number. */
  get level(): number {
    this.#fill();
    return this.#tokens;
  }

  /** Puts some in, or with a negative amount takes some out. What is more than the burst is spilled. */
  add(amount: number): void {
    this.#fill();
    this.#tokens += amount;
  }

  /** Takes one and returns 0, or takes none and returns how long to wait for it, milliseconds. */
  take(): number {
    this.#fill();
    if (this.#tokens >= 1) {
      this.#tokens -= 1;
      return 0;
    }
    return Math.ceil(((1 - this.#tokens) / this.#rate.perSecond) * 1_000);
  }

  #fill(): void {
    const now = this.#clock.elapsed();
    const { perSecond, burst } = this.#rate;
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#at) / 1_000) * perSecond);
    this.#at = now;
  }
}
