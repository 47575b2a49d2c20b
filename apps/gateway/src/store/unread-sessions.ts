/**
 * Sessions in which there is something new for a reader of logs, who reads in pieces. One that cannot be read has to wait
 * until the others had their turn.
 */
export class UnreadSessions {
  readonly #ids: Set<string>;
  readonly #readOne: (sessionId: string) => Generator<void>;
  #reader: Iterator<void> | undefined;

  constructor(ids: Iterable<string>, readOne: (sessionId: string) => Generator<void>) {
    this.#ids = new Set(ids);
    this.#readOne = readOne;
  }

  get isEmpty(): boolean {
    return this.#ids.size === 0;
  }

  add(sessionId: string): void {
    this.#ids.add(sessionId);
  }

  /** Reads one piece. Throws what reading it throws. */
  read(): void {
    const [sessionId] = this.#ids;
    if (sessionId === undefined) return;
    this.#reader ??= this.#read(sessionId);
    try {
      if (this.#reader.next().done) this.#reader = undefined;
    } catch (error) {
      this.#reader = undefined;
      throw error;
    }
  }

  /** Reads all, a piece at a time. */
  *readAll(): Generator<void> {
    for (; !this.isEmpty; yield) this.read();
  }

  *#read(sessionId: string): Generator<void> {
    this.#ids.delete(sessionId);
    this.#ids.add(sessionId);
    yield* this.#readOne(sessionId);
    this.#ids.delete(sessionId);
  }
}
