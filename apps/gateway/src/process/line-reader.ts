const lineFeed = 0x0a;
const carriageReturn = 0x0d;

export type Lines = { lines: string[]; tooLong: boolean };

/**
 * Splits bytes into lines at line feeds only: U+2028 inside JSON is data, and a character split over two reads stays
 * whole because bytes are decoded a line at a time. Cost is linear in the bytes, also for one very long line.
 */
export class LineReader {
  readonly #maxBytes: number;
  #parts: Buffer[] = [];
  #size = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The lines this chunk completes; `tooLong` once a line is above the limit, and then nothing more is read. */
  push(chunk: Buffer): Lines {
    const lines: string[] = [];
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, start)) {
      if (this.#size + end - start > this.#maxBytes) return { lines, tooLong: true };
      lines.push(this.#take(chunk.subarray(start, end)));
      start = end + 1;
    }
    if (start < chunk.length) {
      this.#parts.push(chunk.subarray(start));
      this.#size += chunk.length - start;
    }
    return { lines, tooLong: this.#size > this.#maxBytes };
  }

  /** What stands after the last line feed, if anything: a process may end without one. */
  end(): string | undefined {
    return this.#size === 0 ? undefined : this.#take(Buffer.alloc(0));
  }

  #take(last: Buffer): string {
    const bytes = this.#parts.length === 0 ? last : Buffer.concat([...this.#parts, last]);
    this.#parts = [];
    this.#size = 0;
    const length = bytes.at(-1) === carriageReturn ? bytes.length - 1 : bytes.length;
    return bytes.toString('utf8', 0, length);
  }
}
