/** How many there are of each, such as sockets of a user: each is counted until it is said to be gone. */
export class Tally {
  readonly #counts = new Map<string, number>();
  #size = 0;

  /** How many there are altogether. */
  get size(): number {
    return this.#size;
  }

  /** Those of which there is at least one, and how many. */
  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  of(key: string): number {
    return this.#counts.get(key) ?? 0;
  }

  /** Counts one more; call the returned function when that one is gone. It may be called twice. */
  add(key: string): () => void {
    this.#counts.set(key, this.of(key) + 1);
    this.#size += 1;
    let isGone = false;
    return () => {
      if (isGone) return;
      isGone = true;
      this.#size -= 1;
      const left = this.of(key) - 1;
      if (left > 0) this.#counts.set(key, left);
      else this.#counts.delete(key);
    };
  }
}
