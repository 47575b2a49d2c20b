import type { Clock } from './clock.ts';
import { type Rate, TokenBucket } from './token-bucket.ts';

/**
 * One rate for each of many. Somebody who goes and comes back finds things as they were; who was away long enough to
 * have everything back is forgotten, which changes nothing for him.
 */
export class RateLimit {
  readonly rate: Rate;
  readonly #clock: Clock;
  /** In the order of use: the first is the one to forget. */
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(clock: Clock, rate: Rate) {
    this.#clock = clock;
    this.rate = rate;
  }

  /** How many are remembered. */
  get size(): number {
    return this.#buckets.size;
  }

  /** Counts one and returns 0, or how long `key` has to wait for it, milliseconds. */
  take(key: string): number {
    const bucket = this.#buckets.get(key) ?? new TokenBucket(this.#clock, this.rate);
    this.#buckets.delete(key);
    for (const [other, { isFull }] of this.#buckets) {
      if (!isFull) break;
      this.#buckets.delete(other);
    }
    this.#buckets.set(key, bucket);
    return bucket.take();
  }
}
