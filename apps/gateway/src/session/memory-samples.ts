import type { Clock, Timer } from '../ground/clock.ts';
import type { LastingProcesses } from '../process/child-process.ts';

type MemorySamplesOptions = {
  /** The processes to look at. */
  pids(): Iterable<number>;
  measure: LastingProcesses['measure'];
  clock: Clock;
};

const lookMs = 5_000;

/** How much memory agents used when they were looked at last, for those who cannot wait for a look. */
export class MemorySamples {
  readonly #options: MemorySamplesOptions;
  #bytes: ReadonlyMap<number, number> = new Map();
  #timer: Timer | undefined;
  #isStopped = false;

  constructor(options: MemorySamplesOptions) {
    this.#options = options;
  }

  /** Looks now, and from then on again and again. Resolves after the first look. */
  async start(): Promise<void> {
    const { pids, measure, clock } = this.#options;
    const measured = await measure(pids());
    this.#bytes = new Map([...measured].map(([pid, { memoryBytes }]) => [pid, memoryBytes]));
    if (!this.#isStopped) this.#timer = clock.after(lookMs, () => void this.start());
  }

  stop(): void {
    this.#isStopped = true;
    this.#timer?.cancel();
  }

  /** Bytes; 0 for a process that was not looked at yet. */
  of(pid: number): number {
    return this.#bytes.get(pid) ?? 0;
  }
}
