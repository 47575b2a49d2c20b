import type { WorkerInput } from './worker.ts';

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

  /** Forgets the prompts and says which they were. */
  dropInputs(): string[] {
    const inputs = this.#held.flatMap(({ input }) => (input ? [input.inputId] : []));
    this.#held = this.#held.filter(({ input }) => !input);
    return inputs;
  }
}
