import { setImmediate as nextRound } from 'node:timers/promises';
import type { ServerData } from '@hotplex/aep-protocol';
import type { StoredEvent } from './joined-turn.ts';

/** Read in one go; between them others have their turn. */
const batch = 500;

/** Where the turns of a log end and which of them were set aside. It follows the log, so that nothing is looked at twice. */
export class LogOutline {
  readonly #ends: number[] = [];
  /** Turns that count still, oldest first. */
  #counting: string[] = [];
  readonly #setAside = new Set<string>();
  /** The turns that prompts began or came into. */
  readonly #turnOfInput = new Map<string, string>();
  #seen = 0;

  /** Where the last turn ends; 0 if none has ended. */
  get lastEnd(): number {
    return this.#ends.at(-1) ?? 0;
  }

  /** Where the last turn ends that is over at this number; 0 if there is none. */
  endUpTo(seq: number): number {
    return this.#ends.findLast((end) => end <= seq) ?? 0;
  }

  /** Whether it is of a turn that was set aside, its prompt among it, which may have come long before. */
  isSetAside({ type, turnId, data }: StoredEvent): boolean {
    if (turnId !== null && this.#setAside.has(turnId)) return true;
    if (this.#setAside.size === 0 || (type !== 'input' && type !== 'input.status')) return false;
    const { input_id: inputId } = JSON.parse(data) as ServerData<'input' | 'input.status'>;
    return this.#setAside.has(this.#turnOfInput.get(inputId) ?? '');
  }

  /** Looks at what came since, up to a number. Ends early for somebody who is gone. */
  async follow(
    events: (after: number, limit: number) => StoredEvent[],
    { upTo, signal }: { upTo: number; signal: AbortSignal | undefined },
  ): Promise<void> {
    while (this.#seen < upTo && !signal?.aborted) {
      const read = events(this.#seen, batch).filter(({ seq }) => seq <= upTo);
      if (read.length === 0) return;
      for (const event of read) this.#take(event);
      await nextRound();
    }
  }

  #take({ seq, type, turnId, data }: StoredEvent): void {
    this.#seen = seq;
    if (turnId !== null && this.#counting.at(-1) !== turnId) this.#counting.push(turnId);
    if (type === 'done') this.#ends.push(seq);
    if (type === 'input.status') {
      const { input_id: inputId, turn_id: ofTurn } = JSON.parse(data) as ServerData<'input.status'>;
      if (ofTurn !== undefined) this.#turnOfInput.set(inputId, ofTurn);
    }
    if (type === 'session.rewound') this.#goBack((JSON.parse(data) as ServerData<'session.rewound'>).turn_id);
  }

  #goBack(turnId: string): void {
    const at = Math.max(this.#counting.indexOf(turnId), 0);
    for (const turn of this.#counting.slice(at)) this.#setAside.add(turn);
    this.#counting = this.#counting.slice(0, at);
  }
}
