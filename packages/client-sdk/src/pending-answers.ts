import type { ServerEvent } from '@hotplex/aep-protocol';
import type { AepError } from './aep-error.ts';

type Pending = {
  frame: string;
  confirmation: string | undefined;
  answer: PromiseWithResolvers<void>;
  /** The number of the ping that follows it on this connection. */
  ping: number;
};

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
  /** Pings sent and answered on this connection; answers come in order. */
  #pings = 0;
  #pongs = 0;

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
    this.#pending.set(id, { frame, confirmation, answer, ping: this.#pings + 1 });
    return answer.promise;
  }

  /** What is to be sent on a new connection, before its first ping. */
  unsent(): { id: string; frame: string }[] {
    this.#pings = 0;
    this.#pongs = 0;
    for (const pending of this.#pending.values()) pending.ping = 1;
    return [...this.#pending].map(([id, { frame }]) => ({ id, frame }));
  }

  pinged(): void {
    this.#pings += 1;
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

  /** The next ping was answered: of what was sent before it, that which was not refused was done. */
  ponged(): void {
    this.#pongs += 1;
    for (const [id, { confirmation, answer, ping }] of this.#pending) {
      if (confirmation !== undefined || ping > this.#pongs) continue;
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
