import type { AepChunk } from '../ui-message.ts';
import type { StepWriter } from './step-writer.ts';
import {
  inputChunk,
  preliminaryChunk,
  requestChunk,
  type ToolCall,
  type ToolOutput,
  toolKey,
  withNewDetails,
} from './tool-call.ts';

/** The tool calls of a turn, and how each is written. */
export class ToolCallList {
  readonly #writer: StepWriter;
  readonly #calls = new Map<string, ToolCall>();

  constructor(writer: StepWriter) {
    this.#writer = writer;
  }

  get all(): ToolCall[] {
    return [...this.#calls.values()];
  }

  get inStep(): ToolCall[] {
    return this.all.filter(({ id }) => this.#writer.isInStep(toolKey(id)));
  }

  get(id: string): ToolCall | undefined {
    return this.#calls.get(id);
  }

  /** The call of that id. News of a call that was never told make one, so that a lossy start does no harm. */
  find(id: string): ToolCall {
    return this.#calls.get(id) ?? this.make({ id, name: 'unknown', input: {} });
  }

  make(fields: Pick<ToolCall, 'id' | 'name' | 'input'>): ToolCall {
    const call: ToolCall = { ...fields, details: {}, output: undefined, state: { name: 'open' } };
    this.#calls.set(call.id, call);
    return call;
  }

  /** Shows what is new of a call. NOTE: in an earlier step the SDK changes only the output of a call, so the rest waits for that. */
  show(call: ToolCall): void {
    const key = toolKey(call.id);
    const { state } = call;
    if (state.name === 'denied') return;
    if (state.name === 'closed') {
      this.write(call, withNewDetails(call, state.last));
      return;
    }
    const inPlace = this.#writer.isInStep(key) && call.output === undefined;
    if (inPlace || !this.#writer.knows(key)) {
      this.write(call, inputChunk(call));
      if (state.name === 'asking') this.write(call, requestChunk(call, state));
    }
    if (state.name === 'open' && call.output !== undefined) this.write(call, preliminaryChunk(call));
  }

  /** Shows that there is such a call, unless that was shown. */
  introduce(call: ToolCall): void {
    if (!this.#writer.knows(toolKey(call.id))) this.write(call, inputChunk(call));
  }

  close(call: ToolCall, last: ToolOutput): void {
    if (call.state.name === 'denied') return;
    this.introduce(call);
    call.state = { name: 'closed', last };
    this.write(call, last);
    this.#endStepAfterBatch();
  }

  deny(call: ToolCall): void {
    call.state = { name: 'denied' };
    this.write(call, { type: 'tool-output-denied', toolCallId: call.id });
    this.#endStepAfterBatch();
  }

  write(call: ToolCall, chunk: AepChunk): void {
    this.#writer.write(toolKey(call.id), chunk);
  }

  /** A batch of tool results ends a step: with the next part the agent answers to them. */
  #endStepAfterBatch(): void {
    const isAtWork = ({ state }: ToolCall) => state.name === 'open' || state.name === 'asking';
    const calls = this.inStep;
    if (calls.length > 0 && !calls.some(isAtWork)) this.#writer.endStep();
  }
}
