const lineFeed = 0x0a;

/** Remembers the end of what a process wrote to stderr, in constant memory, however much it writes. */
export class StderrTail {
  readonly #ring: Buffer;
  /** How many bytes were ever written; the next one goes to this position of the ring. */
  #written = 0;

  constructor(keepBytes: number) {
    this.#ring = Buffer.alloc(keepBytes);
  }

  push(chunk: Buffer): void {
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
