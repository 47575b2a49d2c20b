import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

export type FileTailOptions = {
  path: string;
  /** Where reading begins. */
  position: number;
  /** NOTE: the bytes are only valid during the call. */
  onChunk(chunk: Buffer): void;
  /** The system cannot read the file any more; nothing follows. */
  onUnreadable(error: unknown): void;
};

/** How much is read before other sessions get their turn on the thread. */
const sliceBytes = 64 * 1024;
/** One for all, since every byte is used up before the next read. */
const slice = Buffer.allocUnsafeSlow(sliceBytes);

/** Reads what others append to a file. It must be told when to look. */
export class FileTail {
  readonly #options: FileTailOptions;
  readonly #fd: number;
  #position: number;
  #reading: Promise<void> | undefined;
  #closed = false;
  #isAtEnd = false;

  /** Throws if the file cannot be read. */
  constructor(options: FileTailOptions) {
    this.#options = options;
    this.#position = options.position;
    this.#fd = openSync(options.path, 'r');
  }

  get position(): number {
    return this.#position;
  }

  /** Whether the last read found less than it could have taken: nothing waited then. */
  get isAtEnd(): boolean {
    return this.#isAtEnd;
  }

  /** How many bytes wait to be read; the system is asked. */
  get backlog(): number {
    return this.#closed ? 0 : fstatSync(this.#fd).size - this.#position;
  }

  /** Reads on elsewhere: what lies between is of no interest. */
  moveTo(position: number): void {
    this.#position = position;
  }

  /** Reads to the end, the first slice at once; resolves when it is there. */
  look(): Promise<void> {
    if (this.#reading) return this.#reading;
    if (!this.#readSlice()) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#reading = promise;
    const goOn = () => {
      if (this.#readSlice()) return void setImmediate(goOn);
      this.#reading = undefined;
      resolve();
    };
    setImmediate(goOn);
    return promise;
  }

  /** Safe to call twice. */
  close(): void {
    if (!this.#closed) closeSync(this.#fd);
    this.#closed = true;
  }

  /** Whether there may be more. */
  #readSlice(): boolean {
    if (this.#closed) return false;
    const length = this.#read();
    this.#isAtEnd = length < sliceBytes;
    if (length === 0) return false;
    this.#position += length;
    this.#options.onChunk(slice.subarray(0, length));
    return length === sliceBytes;
  }

  #read(): number {
    try {
      return readSync(this.#fd, slice, 0, sliceBytes, this.#position);
    } catch (error) {
      this.close();
      this.#options.onUnreadable(error);
      return 0;
    }
  }
}
