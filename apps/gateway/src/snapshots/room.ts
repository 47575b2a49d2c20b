import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** How much may be held for a session: the contents and the log together. */
export class Room {
  readonly #folder: string;
  readonly #maxBytes: number;
  #used = 0;
  /** Resolves when what was there before is counted. */
  #counted: Promise<void> | undefined;

  constructor(folder: string, maxBytes: number) {
    this.#folder = folder;
    this.#maxBytes = maxBytes;
  }

  /** Takes so many bytes, and whether there are as many. The last eighth is the log's: contents are of no use without it. */
  async take(bytes: number, use: 'content' | 'log'): Promise<boolean> {
    this.#counted ??= sizeOf(this.#folder).then((size) => {
      this.#used = size;
    });
    await this.#counted;
    const max = use === 'log' ? this.#maxBytes : (this.#maxBytes / 8) * 7;
    if (this.#used + bytes > max) return false;
    this.#used += bytes;
    return true;
  }

  /** Something came into the folder by another way. */
  recount(): void {
    this.#counted = undefined;
  }
}

async function sizeOf(folder: string): Promise<number> {
  const found = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const sizes = await Promise.all(
    found.map(async (each) => {
      const path = join(folder, each.name);
      return each.isDirectory() ? sizeOf(path) : (await stat(path)).size;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
