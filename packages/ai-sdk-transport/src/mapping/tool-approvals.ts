import type { ServerData } from '@hotplex/aep-protocol';
import type { StepWriter } from './step-writer.ts';
import { outputChunk, requestChunk, responseChunk, type ToolCall } from './tool-call.ts';
import type { ToolCallList } from './tool-call-list.ts';

type Decision = { id: string; allowed: boolean; message?: string | undefined };

/** Permission requests and decisions, each put on the tool call it is about. */
export class ToolApprovals {
  readonly #calls: ToolCallList;
  readonly #writer: StepWriter;
  readonly #alone: boolean;

  /** `alone`: a request must be the only thing its step waits for, because the stream ends after it. */
  constructor(calls: ToolCallList, writer: StepWriter, { alone }: { alone: boolean }) {
    this.#calls = calls;
    this.#writer = writer;
    this.#alone = alone;
  }

  /** True while a request in the last step waits for its answer. */
  get isAwaited(): boolean {
    return this.#calls.inStep.some(({ state }) => state.name === 'asking');
  }

  /** Puts a request on its call, or on one made for it. Returns the id of that call. */
  ask(request: ServerData<'permission_request'>): string {
    const call = this.#callFor(request);
    this.#calls.introduce(call);
    this.#request(call, { approvalId: request.id, reason: request.description });
    return call.id;
  }

  /** Puts the decision on the call that waits for it; a call that no longer waits is left as it is. */
  answer(callId: string, decision: Decision): void {
    const call = this.#calls.get(callId);
    if (call?.state.name !== 'asking' || call.state.approvalId !== decision.id) return;
    this.#calls.write(call, responseChunk(decision));
    if (!decision.allowed) {
      this.#calls.deny(call);
      return;
    }
    call.state = { name: 'open' };
    // A call that was made for the request has no other end than this.
    if (callId === permissionCallId(decision.id)) this.#calls.close(call, outputChunk(call, null));
    else if (call.output !== undefined) this.#calls.show(call);
  }

  /** A refusal that a rule made. NOTE: the SDK knows no denial without a request, so it gets an automatic one. */
  refuse(call: ToolCall, message: string): void {
    if (call.state.name === 'denied') return;
    this.#calls.introduce(call);
    const id =
      call.state.name === 'asking'
        ? call.state.approvalId
        : this.#request(call, { approvalId: `rule:${call.id}`, reason: undefined, isAutomatic: true });
    this.#calls.write(call, responseChunk({ id, allowed: false, message }));
    this.#calls.deny(call);
  }

  #request(
    call: ToolCall,
    request: { approvalId: string; reason: string | undefined; isAutomatic?: true },
  ): string {
    const { approvalId, reason } = request;
    call.state = { name: 'asking', approvalId, reason };
    this.#calls.write(call, requestChunk(call, request));
    return approvalId;
  }

  /** The call a request is about: the named one, else the newest open one of that tool, else a new one. */
  #callFor(request: ServerData<'permission_request'>): ToolCall {
    const { id, tool_call_id, tool_name } = request;
    const known = tool_call_id
      ? this.#calls.get(tool_call_id)
      : this.#calls.all.findLast(({ name, state }) => name === tool_name && state.name === 'open');
    if (known?.state.name === 'open' && (!this.#alone || this.#isOnlyOneAtWork(known))) return known;
    if (this.#alone && this.#openInStep().length > 0) this.#writer.endStep();
    return this.#calls.make({
      id: known || !tool_call_id || this.#alone ? permissionCallId(id) : tool_call_id,
      name: tool_name,
      input: asRecord(request.input_raw),
    });
  }

  #isOnlyOneAtWork(call: ToolCall): boolean {
    const open = this.#openInStep();
    return open.length === 1 && open[0] === call;
  }

  #openInStep(): ToolCall[] {
    return this.#calls.inStep.filter(({ state }) => state.name === 'open');
  }
}

function permissionCallId(requestId: string): string {
  return `perm:${requestId}`;
}

function asRecord(value: unknown): Record<string, unknown> {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isRecord ? (value as Record<string, unknown>) : {};
}
