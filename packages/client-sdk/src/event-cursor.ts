/**
 * How far in the log this client is: each logged event is taken exactly once and in order, whatever connection
 * brings it.
 */
export class EventCursor {
  #lastSeq: number | undefined;
  #epoch: string | undefined;
  /** Numbers above the last one that kinds had which are newer than this client. */
  readonly #unknown = new Set<number>();

  constructor({ lastSeq, epoch }: { lastSeq?: number | undefined; epoch?: string | undefined }) {
    this.#lastSeq = lastSeq;
    this.#epoch = epoch;
  }

  /** The number of the newest logged event that was taken. */
  get lastSeq(): number {
    return this.#lastSeq ?? 0;
  }

  /** What the handshake says, so that the gateway goes on behind it; nothing before the first event. */
  get position(): { last_seq?: number; epoch?: string } {
    if (this.#lastSeq === undefined) return {};
    return { last_seq: this.#lastSeq, ...(this.#epoch === undefined ? {} : { epoch: this.#epoch }) };
  }

  /** The gateway greets: without a position of its own this client begins behind what is there. */
  greet({ last_seq: lastSeq, epoch }: { last_seq?: number | undefined; epoch?: string | undefined }): void {
    this.#epoch = epoch;
    this.#lastSeq ??= lastSeq ?? 0;
  }

  /** The gateway tells the log anew, from this number on. */
  restart(firstSeq: number, epoch: string): void {
    this.#lastSeq = firstSeq - 1;
    this.#epoch = epoch;
    this.#unknown.clear();
  }

  /** This number was a kind that is newer than this client. */
  skip(seq: number): void {
    this.#unknown.add(seq);
  }

  /** Moves on to an event, unless it was taken before or one before it is missing. */
  take(seq: number): 'taken' | 'seen' | 'missing' {
    if (seq <= this.lastSeq) return 'seen';
    for (let before = this.lastSeq + 1; before < seq; before++)
      if (!this.#unknown.has(before)) return 'missing';
    this.#lastSeq = seq;
    this.#unknown.clear();
    return 'taken';
  }
}
