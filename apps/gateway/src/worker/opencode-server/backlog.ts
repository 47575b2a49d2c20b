import { unknownStats } from '../../ground/unknown-stats.ts';
import type { WorkerEvent, WorkerInput } from '../worker.ts';

/** Something to be sent; with the prompt, if it is one. */
export type Held = { input?: WorkerInput; send(): void };

/** What waits until the conversation is open; from then on nothing waits. */
export class Backlog {
  #held: Held[] = [];
  #open = false;

  get isOpen(): boolean {
    return this.#open;
  }

  get holdsPrompts(): boolean {
    return this.#held.some(({ input }) => input);
  }

  add(held: Held): void {
    if (this.#open) held.send();
    else this.#held.push(held);
  }

  /** Forgets the prompts: what is interrupted before it was sent never runs. Returns what is to be told of them. */
  interrupt(): WorkerEvent[] {
    const input_ids = this.#held.flatMap(({ input }) => (input ? [input.inputId] : []));
    this.#held = this.#held.filter(({ input }) => !input);
    if (input_ids.length === 0) return [];
    return [{ type: 'done', data: { success: false, stats: unknownStats('interrupted'), input_ids } }];
  }

  open(): void {
    this.#open = true;
    const held = this.#held;
    this.#held = [];
    for (const { send } of held) send();
  }
}
