/**
 * One bucket for each of many. Somebody who goes and comes back finds things as they were; who was away long enough to
 * have everything back is forgotten, which changes nothing for him.
 */
export class KeyedBuckets<Bucket extends { readonly isFull: boolean }> {
  readonly #make: () => Bucket;
  /** In the order of use: the first is the one to forget. */
  readonly #buckets = new Map<string, Bucket>();

  /** `make` makes a full one. */
  constructor(make: () => Bucket) {
    this.#make = make;
  }

  /** How many are remembered. */
  get size(): number {
    return this.#buckets.size;
  }

  /** That of `key`, to be used. */
  of(key: string): Bucket {
    const bucket = this.#buckets.get(key) ?? this.#make();
    this.#buckets.delete(key);
    for (const [other, { isFull }] of this.#buckets) {
      if (!isFull) break;
      this.#buckets.delete(other);
    }
    this.#buckets.set(key, bucket);
    return bucket;
  }

  /** That of `key` if it is remembered. */
  peek(key: string): Bucket | undefined {
    return this.#buckets.get(key);
  }
}
