import {
  closeSync,
  copyFileSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  openSync,
  renameSync,
  writeSync,
} from 'node:fs';

/** How large one may become, bytes, and how many that were are kept beside it. */
type Rotation = { maxBytes: number; keep: number };

/**
 * A log file that does not grow for ever: what is in it moves to `FILE.1`, `FILE.2`, … once it is large.
 * NOTE: it is copied and emptied, never renamed: the standard error of the same process may lead into it, too. Nothing is
 * lost between the two, as nothing else runs meanwhile.
 */
export class RotatingFile {
  readonly #path: string;
  readonly #rotation: Rotation;
  readonly #handle: number;
  #bytes: number;

  /** Throws if it cannot be opened. */
  constructor(path: string, rotation: Rotation = { maxBytes: 10_000_000, keep: 3 }) {
    this.#path = path;
    this.#rotation = rotation;
    this.#handle = openSync(path, 'a', 0o600);
    this.#bytes = fstatSync(this.#handle).size;
  }

  /** Appends whole lines. A disk that is full costs lines of the log, not the gateway. */
  write(lines: string): void {
    try {
      const bytes = Buffer.byteLength(lines);
      if (this.#bytes > 0 && this.#bytes + bytes > this.#rotation.maxBytes) this.#rotate();
      writeSync(this.#handle, lines);
      this.#bytes += bytes;
    } catch {
      // There is nowhere to say so.
    }
  }

  close(): void {
    closeSync(this.#handle);
  }

  #rotate(): void {
    const old = (number: number) => `${this.#path}.${number}`;
    for (let number = this.#rotation.keep - 1; number > 0; number--)
      if (existsSync(old(number))) renameSync(old(number), old(number + 1));
    copyFileSync(this.#path, old(1));
    ftruncateSync(this.#handle, 0);
    this.#bytes = 0;
  }
}
