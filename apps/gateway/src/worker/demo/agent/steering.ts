import type { DemoPart } from '../messages.ts';

/** A prompt and the id by which the gateway knows it. */
export type Prompt = { id: string; text: string; parts?: readonly DemoPart[] };

/** Prompts that came while a turn runs: its script takes them, or they begin turns of their own. */
export class Steering {
  #waiting: Prompt[] = [];
  #listener: ((prompt: Prompt) => void) | undefined;

  push(prompt: Prompt): void {
    const listener = this.#listener;
    this.#listener = undefined;
    if (listener) listener(prompt);
    else this.#waiting.push(prompt);
  }

  /** All that wait; afterwards none does. */
  takeAll(): Prompt[] {
    const taken = this.#waiting;
    this.#waiting = [];
    return taken;
  }

  /** The next prompt, as soon as there is one. Rejects when the signal says stop; then no prompt is lost. */
  next(signal: AbortSignal): Promise<Prompt> {
    signal.throwIfAborted();
    const waiting = this.#waiting.shift();
    if (waiting) return Promise.resolve(waiting);
    return new Promise((resolve, reject) => {
      this.#listener = resolve;
      const stop = () => {
        this.#listener = undefined;
        reject(signal.reason);
      };
      signal.addEventListener('abort', stop, { once: true });
    });
  }
}
