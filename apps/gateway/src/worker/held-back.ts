import { unknownStats } from '../ground/unknown-stats.ts';
import type { WorkerEvent, WorkerInput } from './worker.ts';

/** Something to be written once the agent is up. */
export type Held = { input?: WorkerInput; send(): void };

/** What waits until the agent is up, in order. */
export class HeldBack {
  #held: Held[] = [];

  add(held: Held): void {
    this.#held.push(held);
  }

  sendAll(): void {
    const held = this.#held;
    this.#held = [];
    for (const { send } of held) send();
  }

  /** Forgets the prompts: what is interrupted before it was written never runs. Returns what is to be told of them. */
  interrupt(): WorkerEvent[] {
    const input_ids = this.#held.flatMap(({ input }) => (input ? [input.inputId] : []));
    this.#held = this.#held.filter(({ input }) => !input);
    if (input_ids.length === 0) return [];
    return [{ type: 'done', data: { success: false, stats: unknownStats('interrupted'), input_ids } }];
  }
}
