import type { Clock, Timer } from '../ground/clock.ts';
import { forwardWorker } from './forward-worker.ts';
import type { Exit, StartWorker, Worker, WorkerEvent, WorkerListener, WorkerOptions } from './worker.ts';

export type SpareOptions = {
  clock: Clock;
  /** How many agents may wait, of all set-ups together. */
  size: number;
  /** How long one waits before it is ended, milliseconds. */
  maxWaitMs: number;
};

export type SpareStart = {
  start: StartWorker;
  /** Ends the agents that wait. */
  close(): Promise<void>;
};

/** A started agent that nobody has claimed, and what it has said so far. */
class Spare implements WorkerListener {
  readonly key: string;
  readonly worker: Worker;
  readonly #said: WorkerEvent[] = [];
  readonly #onLost: (spare: Spare) => void;
  readonly #patience: Timer;
  #claimed: WorkerListener | undefined;

  constructor(
    options: WorkerOptions,
    {
      start,
      key,
      clock,
      maxWaitMs,
      onLost,
    }: Omit<SpareOptions, 'size'> & {
      start: StartWorker;
      key: string;
      onLost: (spare: Spare) => void;
    },
  ) {
    this.key = key;
    this.#onLost = onLost;
    this.worker = start(options, this);
    this.#patience = clock.after(maxWaitMs, () => this.discard());
  }

  /** Gives it to a session, which hears all it said: later, not from within the call that started it. */
  claim(listener: WorkerListener): Worker {
    this.#patience.cancel();
    this.#claimed = listener;
    queueMicrotask(() => {
      if (this.#said.length > 0) listener.onEvents(this.#said.splice(0));
    });
    // Nobody could go on from a point that nobody has heard of.
    return forwardWorker(this.worker, {
      save: () => (this.#said.length > 0 ? undefined : this.worker.save?.()),
    });
  }

  async discard(): Promise<void> {
    this.#patience.cancel();
    this.#onLost(this);
    await this.worker.stop();
  }

  onEvents(events: readonly WorkerEvent[]): void {
    if (!this.#claimed) this.#said.push(...events);
    else this.#claimed.onEvents([...this.#said.splice(0), ...events]);
  }

  onExit(exit: Exit): void {
    this.#patience.cancel();
    if (this.#claimed) this.#claimed.onExit(exit);
    else this.#onLost(this);
  }
}

/**
 * Keeps agents started for sessions that have not been asked for: whoever opens another session with a set-up that was
 * used before, gets one that is up already. The set-ups used last are kept.
 */
export function withSpares(start: StartWorker, { clock, size, maxWaitMs }: SpareOptions): SpareStart {
  let spares: Spare[] = [];
  const drop = (spare: Spare) => {
    spares = spares.filter((other) => other !== spare);
  };
  const refill = (options: WorkerOptions, key: string) => {
    if (spares.some((spare) => spare.key === key)) return;
    spares.push(new Spare(options, { start, key, clock, maxWaitMs, onLost: drop }));
    if (spares.length > size) void spares[0]?.discard();
  };
  return {
    start(options, listener) {
      const { workDir, config, resume, fork, adopt } = options;
      if (size === 0 || resume !== undefined || fork !== undefined || adopt) return start(options, listener);
      const key = JSON.stringify([workDir, config]);
      const spare = spares.find((one) => one.key === key);
      if (spare) drop(spare);
      const worker = spare ? spare.claim(listener) : start(options, listener);
      refill(options, key);
      return worker;
    },
    async close() {
      await Promise.all(spares.map((spare) => spare.discard()));
    },
  };
}
