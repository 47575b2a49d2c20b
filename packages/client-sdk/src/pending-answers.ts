import type { ServerEvent } from '@hotplex/aep-protocol';
import type { AepError } from './aep-error.ts';

type Pending = { frame: string; confirmation: string | undefined; answer: PromiseWithResolvers<void> };

const confirming = new Set([
  'permission.resolved',
  'question.resolved',
  'elicitation.resolved',
  'input.status',
]);

/**
 * Requests that wait to hear how they went. Those with a confirming event wait for it and are sent again after a
 * reconnect; the others count as taken once a later ping is answered without a refusal before it.
 */
export class PendingAnswers {
  readonly #pending = new Map<string, Pending>();

  open({
    id,
    frame,
    confirmation,
  }: {
    id: string;
    frame: string;
    confirmation: string | undefined;
  }): Promise<void> {
    const answer = Promise.withResolvers<void>();
    this.#pending.set(id, { frame, confirmation, answer });
    return answer.promise;
  }

  unsent(): string[] {
    return [...this.#pending.values()].map(({ frame }) => frame);
  }

  confirm(event: ServerEvent): void {
    if (!confirming.has(event.type)) return;
    const data = event.data as { id?: string; input_id?: string };
    const name = `${event.type}:${data.id ?? data.input_id}`;
    for (const [id, { confirmation, answer }] of this.#pending) {
      if (confirmation !== name) continue;
      this.#pending.delete(id);
      answer.resolve();
    }
  }

  /** A ping sent after them was answered: what was not refused was done. */
  settle(): void {
    for (const [id, { confirmation, answer }] of this.#pending) {
      if (confirmation !== undefined) continue;
      this.#pending.delete(id);
      answer.resolve();
    }
  }

  refuse(eventId: string, error: AepError): void {
    this.#pending.get(eventId)?.answer.reject(error);
    this.#pending.delete(eventId);
  }

  abandon(error: AepError): void {
    for (const { answer } of this.#pending.values()) answer.reject(error);
    this.#pending.clear();
  }
}
