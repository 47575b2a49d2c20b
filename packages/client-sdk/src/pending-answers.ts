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
  /** The frames of the pings that were not answered, oldest first. */
  #unanswered: string[] = [];

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
    this.#unanswered = [];
    for (const pending of this.#pending.values()) pending.ping = 1;
    return [...this.#pending].map(([id, { frame }]) => ({ id, frame }));
  }

  pinged(eventId: string): void {
    this.#pings += 1;
    this.#unanswered.push(eventId);
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
    this.#unanswered.shift();
    for (const [id, { confirmation, answer, ping }] of this.#pending) {
      if (confirmation !== undefined || ping > this.#pongs) continue;
      this.#pending.delete(id);
      answer.resolve();
    }
  }

  /** A ping may be refused, too, if there were too many: for what came before it that is an answer like any. */
  refuse(eventId: string, error: AepError): void {
    if (this.#unanswered[0] === eventId) {
      this.ponged();
      return;
    }
    this.#pending.get(eventId)?.answer.reject(error);
    this.#pending.delete(eventId);
  }

  abandon(error: AepError): void {
    for (const { answer } of this.#pending.values()) answer.reject(error);
    this.#pending.clear();
  }
}
