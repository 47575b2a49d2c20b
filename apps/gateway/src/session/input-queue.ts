import { GatewayError } from '../ground/gateway-error.ts';
import type { InputRecord } from '../store/store.ts';
import { bodyHash, checkPrompt, type PromptRequest } from './accept-input.ts';
import { placeAttachments } from './attachments.ts';
import type { Ledger } from './ledger.ts';
import type { SessionOptions } from './session-options.ts';
import { Step } from './step.ts';
import { isWaiting } from './told.ts';

export type Receipt = { input: InputRecord; duplicate: boolean };

/** The prompts of a session: each is stored before anything else happens, and taken once however often it is sent (rules I1–I3). */
export class InputQueue {
  readonly #options: SessionOptions;
  readonly #ledger: Ledger;

  constructor(options: SessionOptions, ledger: Ledger) {
    this.#options = options;
    this.#ledger = ledger;
  }

  /** Those that wait for their turn, oldest first. What is with the agent already does not. */
  get waiting(): InputRecord[] {
    return this.#options.store.inputs(this.#ledger.record.id, ['queued']).filter(isWaiting);
  }

  find(inputId: string): InputRecord | undefined {
    return this.#options.store.input(this.#ledger.record.id, inputId);
  }

  /** Takes a prompt into the queue; a session that was put away is back. Throws what the client has to know; `busy` says whether a turn is running. */
  accept(request: PromptRequest, busy: boolean): Receipt {
    const hash = bodyHash(request);
    const known = this.find(request.inputId);
    if (known && known.bodyHash !== hash) {
      throw new GatewayError(
        'INPUT_CONFLICT',
        `input_id ${request.inputId} was used for another prompt: use a new one`,
      );
    }
    if (known) return { input: known, duplicate: true };
    const delivery = this.#admit(request, busy);
    const { inputId, content, parts, author } = request;
    const input: InputRecord = {
      ...{ inputId, bodyHash: hash, content, parts: parts ?? null, author, delivery },
      ...{ status: 'queued', turnId: null, createdAt: this.#options.clock.now(), notBefore: null },
    };
    const step = new Step();
    step.inputs.set(inputId, input);
    if (this.#ledger.record.isArchived) step.session.isArchived = false;
    const echo = { input_id: inputId, content, author, delivery, status: 'queued' } as const;
    step.tell({ type: 'input', data: { ...echo, ...(parts ? { parts } : {}) } }, null);
    this.#ledger.store(step);
    return { input, duplicate: false };
  }

  /** Changes a prompt that still waits. */
  edit(inputId: string, content: string): void {
    const input = this.#waiting(inputId);
    const { maxInputBytes: maxBytes } = this.#options.limits;
    checkPrompt({ inputId, content, author: input.author }, { maxBytes, modalities: [] });
    const step = new Step();
    step.inputs.set(inputId, { ...input, content });
    step.tell({ type: 'input.status', data: { input_id: inputId, status: 'queued', content } }, null);
    this.#ledger.store(step);
  }

  /** Takes back a prompt that still waits. */
  cancel(inputId: string): void {
    const step = new Step();
    this.#ledger.settle(step, this.#waiting(inputId), 'cancelled');
    this.#ledger.store(step);
  }

  /** Takes back those of them that still wait. */
  cancelAll(step: Step, inputs: readonly InputRecord[], reason: string): void {
    const still = new Set(this.waiting.map(({ inputId }) => inputId));
    for (const input of inputs) {
      if (still.has(input.inputId)) this.#ledger.settle(step, input, 'cancelled', { reason });
    }
  }

  #waiting(inputId: string): InputRecord {
    const input = this.find(inputId);
    if (input && isWaiting(input)) return input;
    throw new GatewayError('INVALID_MESSAGE', `input ${inputId} does not wait in the queue`);
  }

  #admit(request: PromptRequest, busy: boolean): InputRecord['delivery'] {
    const { limits, definition } = this.#options;
    checkPrompt(request, { maxBytes: limits.maxInputBytes, modalities: definition.capabilities.modalities });
    const delivery = busy ? this.#deliver(request) : 'queue';
    // Last of all: what is refused leaves nothing in the work dir.
    placeAttachments(request.parts ?? [], this.#ledger.record, this.#options);
    return delivery;
  }

  /** How a prompt that comes while a turn runs gets to the agent. */
  #deliver(request: PromptRequest): InputRecord['delivery'] {
    const { limits, definition } = this.#options;
    const delivery = request.delivery ?? 'queue';
    if (delivery === 'reject')
      throw new GatewayError('SESSION_BUSY', 'a turn is running: wait for done or queue the prompt');
    if (delivery === 'steer' && !definition.capabilities.steer) {
      throw new GatewayError(
        'NOT_SUPPORTED',
        `${definition.title} takes no prompt in the middle of a turn: queue it, or interrupt`,
        { details: { field: 'delivery' } },
      );
    }
    if (this.waiting.length >= limits.maxQueue) {
      throw new GatewayError(
        'SESSION_BUSY',
        `${limits.maxQueue} prompts are waiting already: wait or cancel one`,
      );
    }
    return delivery;
  }
}
