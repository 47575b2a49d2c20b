import type { Logger } from '../../ground/logger.ts';

/** Who wants to hear of something. One who throws is logged and keeps nobody else from hearing. */
export class Listeners<Told> {
  readonly #all = new Set<(told: Told) => void>();
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  add(listener: (told: Told) => void): void {
    this.#all.add(listener);
  }

  tell(told: Told): void {
    for (const listener of this.#all)
      try {
        listener(told);
      } catch (error) {
        this.#logger.error({ error: String(error) }, 'what the cluster told could not be taken');
      }
  }
}
