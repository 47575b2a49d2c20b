import type { Clock, Timer } from '../ground/clock.ts';
import type { Logger } from '../ground/logger.ts';
import type { Bus } from './bus.ts';
import type { ClusterRouter } from './cluster-router.ts';

type LeaseDoubtOptions = {
  bus: Pick<Bus, 'isHeld'>;
  router: Pick<ClusterRouter, 'compare' | 'letGoOfAll' | 'isMoving'>;
  clock: Clock;
  logger: Logger;
  /** For how long others believe in a node that they hear nothing of. */
  leaseMs: number;
};

/** How often a node that cannot renew its lease asks which sessions it still has, milliseconds. */
const askMs = 1_000;

/**
 * While the lease is in doubt others may take what is here: the shared database knows which sessions are ours still. So
 * it does after a doubt, until it has moved to the next life what was this one's.
 */
export class LeaseDoubt {
  readonly #options: LeaseDoubtOptions;
  /** When it was last known which sessions are ours, of the monotonic clock. */
  #knownAt: number;
  #isAsking = false;
  #timer: Timer | undefined;

  constructor(options: LeaseDoubtOptions) {
    this.#options = options;
    this.#knownAt = options.clock.elapsed();
    this.#watch();
  }

  close(): void {
    this.#timer?.cancel();
  }

  /** Time runs whether there is an answer, an error or nothing at all. */
  #watch(): void {
    const { clock, bus, router, leaseMs, logger } = this.#options;
    this.#timer = clock.after(askMs, () => {
      const now = clock.elapsed();
      if (bus.isHeld && !router.isMoving) this.#knownAt = now;
      else if (now - this.#knownAt <= leaseMs) void this.#ask(now);
      else {
        logger.error({}, 'cut off from the cluster: all sessions are let go of');
        router.letGoOfAll();
        // Until that much time is over again there is little to let go of.
        this.#knownAt = now;
      }
      this.#watch();
    });
  }

  /** Lets go of what is not ours any more. An answer holds for the moment at which it was asked for. */
  async #ask(now: number): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      if (await this.#options.router.compare()) this.#knownAt = Math.max(this.#knownAt, now);
    } catch {
      // Nobody can be asked: that is what the time is counted for.
    } finally {
      this.#isAsking = false;
    }
  }
}
