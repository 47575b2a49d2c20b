import type { Clock } from '../../ground/clock.ts';
import type { WorkerEvent } from '../worker.ts';
import type { Conversation } from './conversation.ts';

type DeadlineOptions = { clock: Clock; emit(events: readonly WorkerEvent[]): void };

/**
 * Takes back what Pi does not wait for any more, among what is asked from now on and what an earlier gateway asked.
 * NOTE: Pi does not say that it gave up waiting, only beforehand how long it waits.
 */
export class AskDeadlines {
  readonly #asks: Conversation['asks'];
  readonly #options: DeadlineOptions;

  constructor({ asks }: Conversation, options: DeadlineOptions) {
    this.#asks = asks;
    this.#options = options;
    for (const id of asks.keys()) this.#watch(id);
  }

  /** `ms`: how long Pi waits for this answer; for ever if it did not say. */
  set(id: string, ms: number | null | undefined): void {
    const ask = this.#asks.get(id);
    if (!ask || !ms) return;
    ask.expiresAt = this.#options.clock.now() + ms;
    this.#watch(id);
  }

  #watch(id: string): void {
    const { clock, emit } = this.#options;
    const { expiresAt } = this.#asks.get(id) ?? {};
    if (expiresAt === undefined) return;
    clock.after(Math.max(0, expiresAt - clock.now()), () => {
      if (this.#asks.delete(id)) emit([{ type: 'interaction.withdrawn', data: { id } }]);
    });
  }
}
