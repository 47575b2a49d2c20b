import type { Clock, Timer } from '../ground/clock.ts';

type HeartbeatOptions = { clock: Clock; intervalMs: number; ping(): void; giveUp(): void };

/** Pings a peer and gives it up after two pings without an answer (rule C3). */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  readonly #timer: Timer;
  #missed = 0;
  #stopped = false;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
    this.#timer = options.clock.after(options.intervalMs, () => this.#tick());
  }

  /** The peer answered. */
  heard(): void {
    this.#missed = 0;
  }

  stop(): void {
    this.#stopped = true;
    this.#timer.cancel();
  }

  #tick(): void {
    if (this.#stopped) return;
    if (this.#missed >= 2) {
      this.#options.giveUp();
      return;
    }
    this.#missed += 1;
    this.#options.ping();
    this.#timer.refresh();
  }
}
