import type { WorkerInput } from '../worker.ts';

/** Something to be sent; with the prompt, if it is one. */
export type Held = { input?: WorkerInput; send(): void };

/** What waits until the conversation is open; from then on nothing waits. */
export class Backlog {
  #held: Held[] = [];
  #open = false;

  get isOpen(): boolean {
    return this.#open;
  }

  add(held: Held): void {
    if (this.#open) held.send();
    else this.#held.push(held);
  }

  /** Takes the prompts out again and returns their ids. */
  dropPrompts(): string[] {
    const ids = this.#held.flatMap(({ input }) => (input ? [input.inputId] : []));
    this.#held = this.#held.filter(({ input }) => !input);
    return ids;
  }

  open(): void {
    this.#open = true;
    const held = this.#held;
    this.#held = [];
    for (const { send } of held) send();
  }
}
