import type { DemoAnswer } from '../messages.ts';

type AnswerOf<K extends DemoAnswer['type']> = Extract<DemoAnswer, { type: K }>;
type Open = { take: (answer: DemoAnswer) => void; giveUp: () => void };

/** What the turn waits to hear from a person. */
export class Asks {
  readonly #open = new Map<string, Open>();

  /** Resolves with the answer to this ask. Rejects when it is withdrawn. */
  wait<K extends DemoAnswer['type']>(id: string, kind: K): Promise<AnswerOf<K>> {
    const { promise, resolve, reject } = Promise.withResolvers<AnswerOf<K>>();
    this.#open.set(id, {
      take: (answer) => {
        if (!isOfKind(answer, kind)) return;
        this.#open.delete(id);
        resolve(answer);
      },
      giveUp: () => reject(new Error('the ask was withdrawn')),
    });
    return promise;
  }

  /** An answer to something that nobody waits for is ignored. */
  answer(answer: DemoAnswer): void {
    this.#open.get(answer.id)?.take(answer);
  }

  /** Gives up all that is open and says what that was. */
  withdraw(): string[] {
    const open = [...this.#open];
    this.#open.clear();
    for (const [, { giveUp }] of open) giveUp();
    return open.map(([id]) => id);
  }
}

function isOfKind<K extends DemoAnswer['type']>(answer: DemoAnswer, kind: K): answer is AnswerOf<K> {
  return answer.type === kind;
}
