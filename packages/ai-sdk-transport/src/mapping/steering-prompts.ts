import type { ServerData, ServerEvent } from '@hotplex/aep-protocol';
import { toUserParts } from '../to-user-message.ts';
import type { StepWriter } from './step-writer.ts';

/** Prompts that are steered into the turn while it runs: each is a part of its message, where the agent took it. */
export class SteeringPrompts {
  readonly #turnId: string;
  readonly #writer: StepWriter;
  readonly #prompts = new Map<string, ServerData<'input'>>();

  constructor(turnId: string, writer: StepWriter) {
    this.#turnId = turnId;
    this.#writer = writer;
  }

  /** A prompt is accepted before it is known which turn will take it. */
  note(event: ServerEvent): void {
    if (event.type === 'input' && event.data.delivery === 'steer') {
      this.#prompts.set(event.data.input_id, event.data);
    }
  }

  isTakenBy({ input_id, status, turn_id }: ServerData<'input.status'>): boolean {
    return this.#prompts.has(input_id) && status === 'delivered' && turn_id === this.#turnId;
  }

  show(inputId: string): void {
    const prompt = this.#prompts.get(inputId);
    if (!prompt) return;
    this.#prompts.delete(inputId);
    this.#writer.write(`steering:${inputId}`, {
      type: 'steering-message',
      id: inputId,
      parts: toUserParts(prompt),
    });
  }
}
