/** The last bytes a process wrote to stderr: always drained, never more than `keep` bytes held. */
export class StderrTail {
  readonly #keep: number;
  #chunks: Buffer[] = [];
  #size = 0;

  constructor(keep: number) {
    this.#keep = keep;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    while (this.#size - (this.#chunks[0]?.length ?? 0) >= this.#keep) {
      this.#size -= this.#chunks.shift()?.length ?? 0;
    }
  }

  /** The last `bytes` bytes as text; a character cut at the start is left out. */
  text(bytes: number): string {
    const all = Buffer.concat(this.#chunks);
    return all
      .subarray(Math.max(0, all.length - bytes))
      .toString('utf8')
      .replace(/^\uFFFD+/, '')
      .trimEnd();
  }
}
