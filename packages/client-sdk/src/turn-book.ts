import type { ServerEnvelope } from '@hotplex/aep-protocol';
import { AepError } from './aep-error.ts';
import type { PendingInput } from './pending-input.ts';
import { TurnRecord } from './turn.ts';

type Receipt = { input_id: string; status: string; turn_id?: string | undefined };

/** Which prompts wait for their receipt, and which turn belongs to whom. */
export class TurnBook {
  readonly #interrupt: () => Promise<void>;
  readonly #unconfirmed = new Map<string, PendingInput>();
  readonly #byInput = new Map<string, { input: PendingInput; turn: TurnRecord }>();
  /** Prompts that the gateway ran to their end; what it has to say of them may still be replayed. */
  readonly #ranBefore = new Set<string>();
  readonly #byTurn = new Map<string, Set<TurnRecord>>();

  constructor(interrupt: () => Promise<void>) {
    this.#interrupt = interrupt;
  }

  /** Prompts to send (again): nobody has confirmed them. */
  get unconfirmed(): PendingInput[] {
    return [...this.#unconfirmed.values()];
  }

  /** The turn of this prompt. Sent again while it is on its way, it is the same turn. */
  open(input: PendingInput): TurnRecord {
    const known = this.#byInput.get(input.inputId);
    if (known && isSame(known.input, input)) return known.turn;
    const turn = new TurnRecord({ inputId: input.inputId, interrupt: this.#interrupt });
    if (known) {
      const message = `input_id ${input.inputId} was used for another prompt: use a new one`;
      turn.fail(new AepError({ code: 'INPUT_CONFLICT', message }));
      return turn;
    }
    this.#unconfirmed.set(input.inputId, input);
    this.#byInput.set(input.inputId, { input, turn });
    return turn;
  }

  follow(turnId: string): TurnRecord {
    const turn = new TurnRecord({ id: turnId, interrupt: this.#interrupt });
    turn.accept();
    this.#join(turnId, turn);
    return turn;
  }

  /** Takes note of a logged event: receipts, beginnings, contents and ends of turns. */
  take(envelope: ServerEnvelope): void {
    const { event, turn_id: turnId } = envelope;
    if (event.type === 'input') this.#confirm(event.data.input_id);
    if (event.type === 'input.status')
      this.#status(event.data.input_id, event.data.status, event.data.turn_id, event.data.reason);
    if (turnId === undefined) return;
    const turns = this.#byTurn.get(turnId);
    for (const turn of turns ?? []) turn.take(envelope);
    if (event.type === 'done') this.#byTurn.delete(turnId);
  }

  /** A repeated prompt was answered with its receipt. */
  receipt({ input_id: inputId, status, turn_id: turnId }: Receipt): void {
    this.#confirm(inputId);
    if (status !== 'done' && status !== 'failed') this.#status(inputId, status, turnId, undefined);
    else this.#ranBefore.add(inputId);
  }

  /**
   * Nothing more is to be replayed: the beginning of a prompt that ran before and has not come was handed out before this
   * client asked.
   */
  caughtUp(): void {
    for (const inputId of this.#ranBefore) {
      const message = 'this prompt ran before; its answer is in the history';
      if (this.#byInput.get(inputId)?.turn.id === undefined)
        this.#drop(inputId, new AepError({ code: 'ALREADY_RESOLVED', message }));
      this.#byInput.delete(inputId);
    }
    this.#ranBefore.clear();
  }

  /** The gateway refused one of our frames. True if it was a prompt. */
  refuse(eventId: string, error: AepError): boolean {
    for (const { inputId, eventId: sent } of this.#unconfirmed.values()) {
      if (sent !== eventId) continue;
      this.#drop(inputId, error);
      return true;
    }
    return false;
  }

  /** The client is closed for good. */
  abandon(error: AepError): void {
    for (const turn of new Set([
      ...[...this.#byInput.values()].map(({ turn }) => turn),
      ...[...this.#byTurn.values()].flatMap((turns) => [...turns]),
    ]))
      turn.fail(error);
    this.#unconfirmed.clear();
    this.#ranBefore.clear();
    this.#byInput.clear();
    this.#byTurn.clear();
  }

  #confirm(inputId: string): void {
    this.#unconfirmed.delete(inputId);
    this.#byInput.get(inputId)?.turn.accept();
  }

  #status(inputId: string, status: string, turnId: string | undefined, reason: string | undefined): void {
    const turn = this.#byInput.get(inputId)?.turn;
    if (!turn) return;
    if (status === 'delivered' && turnId !== undefined) {
      turn.begin(turnId);
      this.#join(turnId, turn);
    }
    if (status === 'cancelled' || status === 'indeterminate') {
      this.#drop(
        inputId,
        new AepError({
          code: status === 'cancelled' ? 'SESSION_TERMINATED' : 'RECONNECT_REQUIRED',
          message: reason ?? `the prompt is ${status}`,
        }),
      );
    }
    // What has ended and not begun here began before this client asked: its receipt tells.
    if ((status === 'done' || status === 'failed') && turn.id !== undefined) this.#byInput.delete(inputId);
  }

  #join(turnId: string, turn: TurnRecord): void {
    const turns = this.#byTurn.get(turnId) ?? new Set();
    turns.add(turn);
    this.#byTurn.set(turnId, turns);
  }

  #drop(inputId: string, error: AepError): void {
    this.#unconfirmed.delete(inputId);
    this.#byInput.get(inputId)?.turn.fail(error);
    this.#byInput.delete(inputId);
  }
}

/** Whether two prompts ask for the same; their frames may differ. */
function isSame(one: PendingInput, other: PendingInput): boolean {
  const body = ({ content, parts, metadata, delivery }: PendingInput) =>
    JSON.stringify([content, parts, metadata, delivery]);
  return body(one) === body(other);
}
