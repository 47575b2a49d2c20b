import { weightOf } from './stream-frame.ts';

/** What waits to be sent, as far as the window of the other side has room. */
export class Outbox {
  readonly #pieceBytes: number;
  readonly #waiting: Buffer[] = [];
  #room: number;

  constructor({ windowWeight, pieceBytes }: { windowWeight: number; pieceBytes: number }) {
    this.#room = windowWeight;
    this.#pieceBytes = pieceBytes;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  put(bytes: Buffer): void {
    if (bytes.length > 0) this.#waiting.push(bytes);
  }

  makeRoom(weight: number): void {
    this.#room += weight;
  }

  /** The next piece that may be sent; small ones that wait together go together. */
  next(): Buffer | undefined {
    const most = Math.min(this.#pieceBytes, this.#room - weightOf(0));
    const first = this.#waiting[0];
    if (!first || most <= 0) return undefined;
    const parts: Buffer[] = [];
    let length = 0;
    for (let part: Buffer | undefined = first; part && length < most; part = this.#waiting[0]) {
      const taken = part.subarray(0, most - length);
      parts.push(taken);
      length += taken.length;
      if (taken.length === part.length) this.#waiting.shift();
      else this.#waiting[0] = part.subarray(taken.length);
    }
    this.#room -= weightOf(length);
    return parts.length === 1 ? first.subarray(0, length) : Buffer.concat(parts);
  }
}
