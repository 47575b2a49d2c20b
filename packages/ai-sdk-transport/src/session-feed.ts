import type { ServerEnvelope } from '@hotplex/aep-protocol';
import type { AepClient } from '@hotplex/client-sdk';
import type { AepChunk, AepUIMessage } from './aep-ui-message.ts';
import { TurnMapper } from './turn-mapper.ts';
import { toUserMessage } from './user-message.ts';

export type ForeignTurn = { turnId: string; message: AepUIMessage | undefined };
type Reader = (envelope: ServerEnvelope) => void;

/** What happens in one session while this page is open: the running turn is kept whole, so that it can be read again. */
export class SessionFeed {
  readonly client: AepClient;
  readonly #ownInputs = new Set<string>();
  readonly #prompts = new Map<string, AepUIMessage>();
  readonly #turnOfInput = new Map<string, string>();
  readonly #readers = new Set<Reader>();
  readonly #foreign = new Set<(turn: ForeignTurn) => void>();
  #awaited: string | undefined;
  #running: { turnId: string; envelopes: ServerEnvelope[] } | undefined;

  /** `awaitedTurn`: a turn that ran before this page came, and whose replay is on its way. */
  constructor(client: AepClient, awaitedTurn: string | undefined) {
    this.client = client;
    this.#awaited = awaitedTurn;
    client.onEvent((envelope) => this.#take(envelope));
  }

  /** A running turn whose first event has not been replayed yet. */
  get awaitedTurn(): string | undefined {
    return this.#awaited;
  }

  get runningTurn(): string | undefined {
    return this.#running?.turnId;
  }

  onForeignTurn(listener: (turn: ForeignTurn) => void): () => void {
    this.#foreign.add(listener);
    return () => this.#foreign.delete(listener);
  }

  /** A prompt of this page is about to be sent. */
  own(inputId: string): void {
    this.#ownInputs.add(inputId);
  }

  /** The chunks of one turn from its start to its end: a known one, or the one that takes an input. Aborting detaches. */
  stream(
    wanted: { turnId: string } | { inputId: string },
    signal: AbortSignal | undefined,
  ): ReadableStream<AepChunk> {
    let detach = () => {};
    return new ReadableStream<AepChunk>({
      start: (controller) => {
        let mapper: TurnMapper | undefined;
        let turnId = 'turnId' in wanted ? wanted.turnId : this.#turnOfInput.get(wanted.inputId);
        const close = () => {
          detach();
          controller.close();
        };
        const fail = (message: string) => {
          detach();
          controller.error(new TypeError(message));
        };
        const read: Reader = (envelope) => {
          const { event, turn_id: of } = envelope;
          if (
            event.type === 'input.status' &&
            'inputId' in wanted &&
            event.data.input_id === wanted.inputId
          ) {
            if (event.data.status === 'delivered') turnId = event.data.turn_id ?? turnId;
            if (event.data.status === 'cancelled') return close();
          }
          if (of === undefined || of !== turnId || event.type === 'input.status') return;
          if (!mapper) {
            mapper = new TurnMapper({ turnId, sessionId: envelope.session_id });
            for (const chunk of mapper.start(envelope.timestamp)) controller.enqueue(chunk);
          }
          for (const chunk of mapper.map(envelope)) controller.enqueue(chunk);
          if (event.type === 'done') close();
        };
        const offConnection = this.client.onConnection((state) => {
          if (state.status === 'closed')
            fail(`network: ${state.cause?.message ?? 'the connection was closed'}`);
        });
        detach = () => {
          this.#readers.delete(read);
          offConnection();
          signal?.removeEventListener('abort', close);
        };
        signal?.addEventListener('abort', close, { once: true });
        for (const envelope of this.#running?.envelopes ?? []) read(envelope);
        this.#readers.add(read);
      },
      cancel: () => detach(),
    });
  }

  #take(envelope: ServerEnvelope): void {
    const { event, turn_id: turnId, timestamp } = envelope;
    if (event.type === 'input') this.#prompts.set(event.data.input_id, toUserMessage(event.data, timestamp));
    if (event.type === 'input.status' && event.data.turn_id !== undefined)
      this.#turnOfInput.set(event.data.input_id, event.data.turn_id);
    if (turnId !== undefined && this.#running?.turnId !== turnId && event.type === 'state') {
      this.#running = { turnId, envelopes: [] };
      if (this.#awaited === undefined) this.#announce(turnId);
      this.#awaited = undefined;
    }
    if (turnId !== undefined && this.#running?.turnId === turnId) this.#running.envelopes.push(envelope);
    for (const read of [...this.#readers]) read(envelope);
    if (event.type === 'done' && this.#running?.turnId === turnId) this.#running = undefined;
  }

  #announce(turnId: string): void {
    const inputIds = [...this.#turnOfInput].filter(([, turn]) => turn === turnId).map(([inputId]) => inputId);
    if (inputIds.some((inputId) => this.#ownInputs.has(inputId))) return;
    const message = inputIds
      .map((inputId) => this.#prompts.get(inputId))
      .find((prompt) => prompt !== undefined);
    for (const tell of [...this.#foreign]) tell({ turnId, message });
  }
}
