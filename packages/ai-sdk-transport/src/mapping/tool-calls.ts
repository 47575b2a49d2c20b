import type { ServerData } from '@hotplex/aep-protocol';
import type { ToolApprovals } from './tool-approvals.ts';
import { asText, failureChunk, mergeDetails, outputChunk } from './tool-call.ts';
import type { ToolCallList } from './tool-call-list.ts';

/** What the agent tells of its tools. */
export class ToolCalls {
  readonly #calls: ToolCallList;
  readonly #approvals: ToolApprovals;

  constructor(calls: ToolCallList, approvals: ToolApprovals) {
    this.#calls = calls;
    this.#approvals = approvals;
  }

  get awaitsApproval(): boolean {
    return this.#approvals.isAwaited;
  }

  called({ id, name, input, ...details }: ServerData<'tool_call'>): void {
    const call = this.#calls.find(id);
    call.name = name;
    call.input = input;
    mergeDetails(call, details);
    this.#calls.show(call);
  }

  updated({ id, output, output_delta, ...details }: ServerData<'tool_update'>): void {
    const call = this.#calls.find(id);
    mergeDetails(call, details);
    if (output !== undefined) call.output = output;
    if (output_delta !== undefined) call.output = `${asText(call.output)}${output_delta}`;
    if (details.status === 'failed' && call.state.name === 'open') {
      this.#calls.close(call, failureChunk(call, asText(call.output) || 'The tool did not finish.'));
    } else {
      this.#calls.show(call);
    }
  }

  finished({ id, output, error, denied, ...details }: ServerData<'tool_result'>): void {
    const call = this.#calls.find(id);
    mergeDetails(call, details);
    if (denied) this.#approvals.refuse(call, error ?? asText(output));
    else if (error !== undefined) {
      call.output = output ?? call.output;
      this.#calls.close(call, failureChunk(call, error));
    } else this.#calls.close(call, outputChunk(call, output));
  }

  /** Ends what the end of the turn cuts off. */
  endAll(): void {
    for (const call of this.#calls.all) {
      if (call.state.name !== 'open') continue;
      mergeDetails(call, { stopped: true });
      this.#calls.close(call, failureChunk(call, 'The turn ended before this tool did.'));
    }
  }
}
