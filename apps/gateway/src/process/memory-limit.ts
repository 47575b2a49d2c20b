import type { Clock, Timer } from '../ground/clock.ts';
import { measureTrees } from './measure-trees.ts';
import type { ProcessTable } from './process-table.ts';

type MemoryLimitOptions = { maxBytes: number; table: ProcessTable; clock: Clock };

/** An agent that takes a gigabyte a second is stopped a few above its limit. */
const lookMs = 3_000;

/** Watches how much memory the trees of processes use: one look at the machine for all of them. */
export class MemoryLimit {
  readonly #options: MemoryLimitOptions;
  readonly #watched = new Map<number, (message: string) => void>();
  #timer: Timer | undefined;

  constructor(options: MemoryLimitOptions) {
    this.#options = options;
  }

  /** Calls back when the tree of this leader uses more than it may, until that is called off. */
  watch(pid: number, exceeded: (message: string) => void): () => void {
    this.#watched.set(pid, exceeded);
    this.#timer ??= this.#options.clock.after(lookMs, () => void this.#look());
    return () => void this.#watched.delete(pid);
  }

  async #look(): Promise<void> {
    const { table, maxBytes, clock } = this.#options;
    for (const [pid, { memoryBytes }] of await measureTrees(this.#watched.keys(), table)) {
      if (memoryBytes <= maxBytes) continue;
      this.#watched.get(pid)?.(
        `the agent and what it started used ${inMegabytes(memoryBytes)} of memory; ${inMegabytes(maxBytes)} are allowed`,
      );
    }
    this.#timer = this.#watched.size > 0 ? clock.after(lookMs, () => void this.#look()) : undefined;
  }
}

function inMegabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024 ** 2)} MB`;
}
