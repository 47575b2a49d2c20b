const lineFeed = 0x0a;
const carriageReturn = 0x0d;
/** A buffer that grew past this for one long line is given back afterwards. */
const retainBytes = 64 * 1024;

/**
 * Cuts a stream of bytes into lines at the byte 0x0A and nowhere else: JSON may hold U+2028, and a character
 * split over two reads is whole again before it is decoded. A carriage return before the line feed is dropped.
 * Each byte is copied a bounded number of times, however the line was chopped.
 */
export class LineReader {
  readonly #maxLineBytes: number;
  /** The line that has begun but not ended: the first `#length` bytes of `#open`. */
  #open = Buffer.alloc(0);
  #length = 0;
  #told = 0;
  #overflowed = false;

  constructor(maxLineBytes: number) {
    this.#maxLineBytes = maxLineBytes;
  }

  /** True once a line was longer than allowed; from then on everything is ignored. */
  get overflowed(): boolean {
    return this.#overflowed;
  }

  /** How many bytes the lines took that it returned so far, line feeds included. */
  get toldBytes(): number {
    return this.#told;
  }

  /** Takes what one read brought and returns the lines it completed. */
  push(chunk: Buffer): string[] {
    const lines: string[] = [];
    let start = 0;
    while (!this.#overflowed) {
      const end = chunk.indexOf(lineFeed, start);
      const length = this.#length + (end === -1 ? chunk.length : end) - start;
      if (length > this.#maxLineBytes) this.#overflow();
      else if (end === -1) {
        this.#keep(chunk.subarray(start));
        break;
      } else {
        this.#told += length + 1;
        // Most lines lie in one read as a whole: no view of their bytes is made.
        lines.push(
          this.#length === 0 ? decode(chunk, start, end) : this.#complete(chunk.subarray(start, end)),
        );
        start = end + 1;
      }
    }
    return lines;
  }

  /** The stream ended: a last line without a line feed counts too. */
  end(): string[] {
    if (this.#length === 0) return [];
    this.#told += this.#length;
    return [this.#complete(Buffer.alloc(0))];
  }

  #complete(rest: Buffer): string {
    this.#keep(rest);
    const line = decode(this.#open, 0, this.#length);
    this.#length = 0;
    if (this.#open.length > retainBytes) this.#open = Buffer.alloc(0);
    return line;
  }

  #keep(part: Buffer): void {
    const needed = this.#length + part.length;
    if (needed > this.#open.length) {
      const grown = Buffer.allocUnsafe(Math.max(needed, this.#open.length * 2));
      this.#open.copy(grown, 0, 0, this.#length);
      this.#open = grown;
    }
    part.copy(this.#open, this.#length);
    this.#length = needed;
  }

  #overflow(): void {
    this.#overflowed = true;
    this.#open = Buffer.alloc(0);
    this.#length = 0;
  }
}

function decode(bytes: Buffer, start: number, lineEnd: number): string {
  const end = lineEnd > start && bytes[lineEnd - 1] === carriageReturn ? lineEnd - 1 : lineEnd;
  return bytes.toString('utf8', start, end);
}
