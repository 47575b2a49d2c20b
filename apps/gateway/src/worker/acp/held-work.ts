import type { Failure } from '../acp-session/failure.ts';
import { endUnsent } from '../acp-session/turn-end.ts';
import type { WorkerEvent, WorkerInput } from '../worker.ts';

/** Something to be done once the session is open: a prompt or a command. */
export type Held = { input?: WorkerInput; send(): void };

/** What waits for the session, and how it ends if it has waited in vain. */
export class HeldWork {
  #held: Held[] = [];

  add(held: Held): void {
    this.#held.push(held);
  }

  sendAll(): void {
    for (const { send } of this.#held.splice(0)) send();
  }

  /** Prompts that were interrupted before they were sent never ran; commands stay. */
  interrupt(): WorkerEvent[] {
    const inputs = this.#inputs();
    this.#held = this.#held.filter(({ input }) => !input);
    return inputs.map(({ inputId }) => endUnsent(inputId, 'interrupted'));
  }

  /** Nothing that waits can be done. */
  fail(failure: Failure): WorkerEvent[] {
    const inputs = this.#inputs();
    this.#held = [];
    return inputs.flatMap(({ inputId }): WorkerEvent[] => [
      { type: 'error', data: failure },
      endUnsent(inputId, 'error'),
    ]);
  }

  #inputs(): WorkerInput[] {
    return this.#held.flatMap(({ input }) => (input ? [input] : []));
  }
}
