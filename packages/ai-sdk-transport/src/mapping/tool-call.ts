import type { JSONValue, ToolUIPart } from 'ai';
import type { AepChunk, AepToolView } from '../ui-message.ts';

/** Where a tool call stands. `closed` and `denied` are final. */
export type ToolCallState =
  | { name: 'open' }
  | { name: 'asking'; approvalId: string; reason: string | undefined }
  | { name: 'closed'; last: ToolOutput }
  | { name: 'denied' };

export type ToolOutput = Extract<AepChunk, { type: 'tool-output-available' | 'tool-output-error' }>;

/** A tool call of the agent, as far as it was told. */
export type ToolCall = {
  readonly id: string;
  name: string;
  input: Record<string, unknown>;
  details: AepToolView;
  /** Output of the running tool so far; `undefined` while it has said nothing. */
  output: unknown;
  state: ToolCallState;
};

type JsonObject = NonNullable<ToolUIPart['toolMetadata']>;

export const toolKey = (id: string) => `tool:${id}`;

/** What both say of a tool that runs on the agent’s side: no client is asked to execute it. */
const agentSide = { dynamic: true, providerExecuted: true } as const;

function toolMetadata(call: ToolCall): { toolMetadata?: JsonObject } {
  if (Object.keys(call.details).length === 0) return {};
  // Everything in it came as JSON from the wire.
  return { toolMetadata: { hotplex: call.details as JSONValue } };
}

export function inputChunk(call: ToolCall): AepChunk {
  const { title } = call.details;
  return {
    type: 'tool-input-available',
    toolCallId: call.id,
    toolName: call.name,
    input: call.input,
    ...agentSide,
    ...(title === undefined ? {} : { title }),
    ...toolMetadata(call),
  };
}

export function preliminaryChunk(call: ToolCall): AepChunk {
  return { ...outputChunk(call, call.output), preliminary: true };
}

export function outputChunk(
  call: ToolCall,
  output: unknown,
): Extract<ToolOutput, { type: 'tool-output-available' }> {
  return {
    type: 'tool-output-available',
    toolCallId: call.id,
    output,
    ...agentSide,
    ...toolMetadata(call),
  };
}

/** A failed call. What it had put out goes into its metadata: the AI SDK's error has room for the error alone. */
export function failureChunk(call: ToolCall, errorText: string): ToolOutput {
  const output = asText(call.output);
  if (output.trim() !== '' && !errorText.includes(output.trim())) call.details = { ...call.details, output };
  return { type: 'tool-output-error', toolCallId: call.id, errorText, ...agentSide, ...toolMetadata(call) };
}

export function asText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export function requestChunk(
  { id: toolCallId }: ToolCall,
  request: { approvalId: string; reason: string | undefined; isAutomatic?: true },
): AepChunk {
  const { approvalId, reason, isAutomatic } = request;
  return {
    type: 'tool-approval-request',
    approvalId,
    toolCallId,
    ...(reason === undefined ? {} : { reason }),
    ...(isAutomatic ? { isAutomatic } : {}),
  };
}

export function responseChunk(decision: {
  id: string;
  allowed: boolean;
  message?: string | undefined;
}): AepChunk {
  return {
    type: 'tool-approval-response',
    approvalId: decision.id,
    approved: decision.allowed,
    providerExecuted: true,
    ...(decision.message ? { reason: decision.message } : {}),
  };
}

/** The output of a call that is over, with what was told of it since. */
export function withNewDetails(call: ToolCall, output: ToolOutput): ToolOutput {
  return { ...output, ...toolMetadata(call) };
}

/** The newest of every detail the agent told. */
export function mergeDetails(
  call: ToolCall,
  { parent_id, ...told }: Omit<AepToolView, 'parentId'> & { parent_id?: string },
): void {
  const details = { ...told, parentId: parent_id };
  for (const [name, value] of Object.entries(details)) {
    if (value !== undefined) call.details = { ...call.details, [name]: value };
  }
}
