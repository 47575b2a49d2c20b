import type { Clock, Timer } from '../ground/clock.ts';
import type { Logger } from '../ground/logger.ts';
import type { OwnerTable } from '../ground/owner-table.ts';
import { untilAnswered } from '../ground/until-answered.ts';
import type { Bus } from './bus.ts';
import type { Router } from './router.ts';

type LostWorkOptions = {
  bus: Pick<Bus, 'self' | 'find' | 'onGone' | 'isHeld'>;
  owners: Pick<OwnerTable, 'unfinishedLives' | 'unfinishedOf'>;
  router: Pick<Router, 'place'>;
  clock: Clock;
  logger: Logger;
  random: () => number;
};

/** A node that was only cut off for a while may keep what it had, if it says so within this time. */
const graceMs = 1_000;
/** How often somebody looks for work of nodes that nobody saw go, milliseconds. */
const lookMs = 60_000;

/**
 * Goes on with what nodes left that are gone, and with what was given away before it was done. All nodes try, each in an
 * order of its own: who is first has it.
 */
export class LostWork {
  readonly #options: LostWorkOptions;
  #timer: Timer | undefined;
  #isClosed = false;

  constructor(options: LostWorkOptions) {
    this.#options = options;
    options.bus.onGone(({ life }) => options.clock.after(graceMs, () => void this.#inherit(life)));
  }

  /** Looks now, and from then on again and again. Resolves after the first look. */
  async look(): Promise<void> {
    const { owners, bus, clock, logger } = this.#options;
    try {
      for (const life of bus.isHeld ? await owners.unfinishedLives() : []) {
        // Its own, too: in doubt it may have let go of what nobody took.
        if (life !== null && life !== bus.self.life && (await bus.find(life))) continue;
        await this.#inherit(life);
      }
    } catch (error) {
      logger.warn({ error: String(error) }, 'it cannot be looked for work that was left: it is tried again');
    }
    if (!this.#isClosed) this.#timer = clock.after(lookMs, () => void this.look());
  }

  close(): void {
    this.#isClosed = true;
    this.#timer?.cancel();
  }

  async #inherit(life: string | null): Promise<void> {
    const { owners, random, clock, logger } = this.#options;
    const isOver = () => this.#isClosed;
    const left = (await untilAnswered(() => owners.unfinishedOf(life), { clock, logger, isOver })) ?? [];
    const order = left.map((sessionId) => ({ sessionId, at: random() })).sort((a, b) => a.at - b.at);
    for (const { sessionId } of order) {
      if (this.#isClosed) return;
      await this.#takeUp(sessionId);
    }
  }

  async #takeUp(sessionId: string): Promise<void> {
    try {
      await this.#options.router.place(sessionId);
    } catch (error) {
      // Its folder may be on the disk of a node that is not up.
      const { logger } = this.#options;
      logger.debug({ session: sessionId, error: String(error) }, 'a session that was left is left');
    }
  }
}
