import { punchHole } from './system-tool.ts';

export type SpentBytesOptions = {
  path: string;
  /** How much is given back at a time. */
  stepBytes: number;
  /** How much of what was read is kept all the same. */
  keepBytes: number;
};

/** Gives the part of a file that was read back to the file system, so that a file that only grows stays small. */
export class SpentBytes {
  readonly #options: SpentBytesOptions;
  #given = 0;
  #giving: Promise<void> | undefined;
  #refused = false;

  constructor(options: SpentBytesOptions) {
    this.#options = options;
  }

  /** Whether this file system cannot take anything back. */
  get refused(): boolean {
    return this.#refused;
  }

  /** Everything before this position was read. */
  giveUpTo(position: number): void {
    const { path, stepBytes, keepBytes } = this.#options;
    const to = Math.floor((position - keepBytes) / stepBytes) * stepBytes;
    if (to <= this.#given || this.#giving || this.#refused) return;
    this.#giving = punchHole(path, { from: this.#given, to }).then(
      () => {
        this.#given = to;
        this.#giving = undefined;
      },
      () => {
        this.#refused = true;
      },
    );
  }

  /** Resolves when nothing is under way. */
  async settle(): Promise<void> {
    await this.#giving;
  }
}
