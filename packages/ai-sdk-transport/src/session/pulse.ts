/** Wakes everybody who waits for something to change. They look for themselves what it was. */
export class Pulse {
  #beat = Promise.withResolvers<void>();

  /** Resolves with the next `fire`. */
  next(): Promise<void> {
    return this.#beat.promise;
  }

  fire(): void {
    const { resolve } = this.#beat;
    this.#beat = Promise.withResolvers();
    resolve();
  }
}
