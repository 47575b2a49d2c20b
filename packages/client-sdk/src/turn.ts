import type { ServerData, ServerEnvelope } from '@hotplex/aep-protocol';
import { AepError } from './aep-error.ts';

export type TurnResult = {
  success: boolean;
  stats: ServerData<'done'>['stats'];
  /** The assistant's text of the turn, without what was taken back and without sub-agents. */
  text: string;
  error: AepError | null;
  stopReason: string | null;
};

/** One prompt's way through the agent: its events in order, and how it ended. */
export interface Turn extends AsyncIterable<ServerEnvelope> {
  readonly inputId: string | undefined;
  /** Known once the agent has begun. */
  readonly id: string | undefined;
  /** The gateway has stored the prompt. */
  readonly accepted: Promise<void>;
  readonly done: Promise<TurnResult>;
  interrupt(): Promise<void>;
}

/** Collects the envelopes of one turn. Nothing is lost when nobody reads yet: they wait here. */
export class TurnRecord implements Turn {
  readonly inputId: string | undefined;
  readonly #interrupt: () => Promise<void>;
  readonly #accepted = Promise.withResolvers<void>();
  readonly #done = Promise.withResolvers<TurnResult>();
  readonly #texts = new Map<string, string>();
  #waiting: ServerEnvelope[] = [];
  #wake: (() => void) | undefined;
  #error: AepError | null = null;
  #over = false;
  #id: string | undefined;

  constructor({ inputId, id, interrupt }: { inputId?: string; id?: string; interrupt: () => Promise<void> }) {
    this.inputId = inputId;
    this.#id = id;
    this.#interrupt = interrupt;
    this.#accepted.promise.catch(() => {});
    this.#done.promise.catch(() => {});
  }

  get id(): string | undefined {
    return this.#id;
  }

  get accepted(): Promise<void> {
    return this.#accepted.promise;
  }

  get done(): Promise<TurnResult> {
    return this.#done.promise;
  }

  get isOver(): boolean {
    return this.#over;
  }

  interrupt(): Promise<void> {
    return this.#interrupt();
  }

  accept(): void {
    this.#accepted.resolve();
  }

  begin(id: string): void {
    this.#id = id;
    this.accept();
  }

  take(envelope: ServerEnvelope): void {
    if (this.#over) return;
    this.#waiting.push(envelope);
    this.#note(envelope);
    this.#wake?.();
  }

  /** The prompt will never run, or nobody can say what became of it. */
  fail(error: AepError): void {
    if (this.#over) return;
    this.#over = true;
    this.#accepted.reject(error);
    this.#done.reject(error);
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<ServerEnvelope> {
    for (;;) {
      yield* this.#waiting.splice(0);
      if (this.#waiting.length > 0) continue;
      if (this.#over) break;
      const woken = Promise.withResolvers<void>();
      this.#wake = woken.resolve;
      await woken.promise;
    }
    await this.#done.promise;
  }

  #note({ event }: ServerEnvelope): void {
    switch (event.type) {
      case 'message.start':
        if (event.data.parent_id === undefined) this.#texts.set(event.data.id, '');
        break;
      case 'message.delta': {
        const text = this.#texts.get(event.data.message_id);
        if (text !== undefined) this.#texts.set(event.data.message_id, text + event.data.content);
        break;
      }
      case 'message':
        if (event.data.parent_id === undefined) this.#texts.set(event.data.id, event.data.content);
        break;
      case 'message.retract':
        for (const id of event.data.message_ids) this.#texts.delete(id);
        break;
      case 'error':
        this.#error = new AepError({ ...event.data, eventId: event.data.event_id });
        break;
      case 'done': {
        const { success, stats } = event.data;
        this.#over = true;
        this.#done.resolve({
          success,
          stats,
          text: [...this.#texts.values()].join(''),
          error: this.#error,
          stopReason: stats?.stop_reason ?? null,
        });
        break;
      }
      default:
    }
  }
}
