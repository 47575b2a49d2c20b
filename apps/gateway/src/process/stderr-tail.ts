const lineFeed = 0x0a;

/** Remembers the end of what a process wrote to stderr, in bounded memory, however much it writes: most write nothing. */
export class StderrTail {
  readonly #keepBytes: number;
  /** Grows with what is written, until it is as long as what is to be kept; only then it goes round. */
  #ring = Buffer.alloc(0);
  /** How many bytes were ever written; the next one goes to this position of the ring. */
  #written = 0;

  constructor(keepBytes: number) {
    this.#keepBytes = keepBytes;
  }

  push(chunk: Buffer): void {
    if (chunk.length === 0) return;
    this.#makeRoom(this.#written + chunk.length);
    const kept = chunk.subarray(-this.#ring.length);
    this.#written += chunk.length - kept.length;
    const copied = kept.copy(this.#ring, this.#position);
    kept.copy(this.#ring, 0, copied);
    this.#written += kept.length;
  }

  /** The last lines as text. A line that lost its beginning is left out, unless it is all there is. */
  text(): string {
    if (this.#written <= this.#ring.length) return this.#ring.toString('utf8', 0, this.#written);
    const at = this.#position;
    const kept = Buffer.concat([this.#ring.subarray(at), this.#ring.subarray(0, at)]);
    const firstLine = kept.indexOf(lineFeed) + 1;
    const start = firstLine === 0 || firstLine === kept.length ? wholeCharacter(kept) : firstLine;
    return kept.toString('utf8', start);
  }

  #makeRoom(bytes: number): void {
    const { length } = this.#ring;
    if (bytes <= length || length === this.#keepBytes) return;
    const grown = Buffer.alloc(Math.min(this.#keepBytes, Math.max(bytes, length * 2)));
    this.#ring.copy(grown);
    this.#ring = grown;
  }

  get #position(): number {
    return this.#written % this.#ring.length;
  }
}

/** Where the first whole UTF-8 character begins: bytes of the form 10xxxxxx continue an earlier one. */
function wholeCharacter(bytes: Buffer): number {
  return Math.max(
    0,
    bytes.findIndex((byte) => (byte & 0xc0) !== 0x80),
  );
}
