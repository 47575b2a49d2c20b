import type { Clock, Timer } from '../ground/clock.ts';
import type { Logger } from '../ground/logger.ts';
import type { Bus } from './bus.ts';
import type { ClusterRouter } from './cluster-router.ts';

type LeaseDoubtOptions = {
  bus: Pick<Bus, 'isHeld'>;
  router: Pick<ClusterRouter, 'compare' | 'letGoOfAll'>;
  clock: Clock;
  logger: Logger;
  /** For how long others believe in a node that they hear nothing of. */
  leaseMs: number;
};

/** How often a node that cannot renew its lease asks which sessions it still has, milliseconds. */
const askMs = 1_000;

/** While the lease is in doubt others may take what is here: the shared database knows which sessions are ours still. */
export class LeaseDoubt {
  readonly #options: LeaseDoubtOptions;
  /** Since when the database could not be asked either, of the monotonic clock. */
  #cutOffSince: number | undefined;
  #timer: Timer | undefined;
  #isClosed = false;

  constructor(options: LeaseDoubtOptions) {
    this.#options = options;
    this.#watch();
  }

  close(): void {
    this.#isClosed = true;
    this.#timer?.cancel();
  }

  #watch(): void {
    const { clock, bus } = this.#options;
    this.#timer = clock.after(askMs, async () => {
      if (bus.isHeld) this.#cutOffSince = undefined;
      else await this.#compare();
      if (!this.#isClosed) this.#watch();
    });
  }

  /** Lets go of what is not ours any more, and of everything if nobody can be asked for longer than others wait. */
  async #compare(): Promise<void> {
    const { clock, router, leaseMs, logger } = this.#options;
    try {
      await router.compare();
      this.#cutOffSince = undefined;
    } catch (error) {
      this.#cutOffSince ??= clock.elapsed();
      if (clock.elapsed() - this.#cutOffSince < leaseMs) return;
      logger.error({ error: String(error) }, 'cut off from the cluster: all sessions are let go of');
      router.letGoOfAll();
    }
  }
}
