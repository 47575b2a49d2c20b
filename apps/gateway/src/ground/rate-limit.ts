import type { Clock } from './clock.ts';
import { KeyedBuckets } from './keyed-buckets.ts';
import { type Rate, TokenBucket } from './token-bucket.ts';

/** One rate for each of many: counts one and returns 0, or how long `key` has to wait for it, milliseconds. */
export type KeyedRate = { take(key: string): number };

/** Begins to count what comes at a rate. Nodes of a cluster know by the name what they count together. */
export type OpenRate = (name: string, rate: Rate) => KeyedRate;

/** One rate for each of many, counted here alone. */
export class RateLimit implements KeyedRate {
  readonly rate: Rate;
  readonly #buckets: KeyedBuckets<TokenBucket>;

  constructor(clock: Clock, rate: Rate) {
    this.rate = rate;
    this.#buckets = new KeyedBuckets(() => new TokenBucket(clock, rate));
  }

  /** How many are remembered. */
  get size(): number {
    return this.#buckets.size;
  }

  take(key: string): number {
    return this.#buckets.of(key).take();
  }
}
