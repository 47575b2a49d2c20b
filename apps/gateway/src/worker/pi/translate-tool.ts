import * as z from 'zod';
import type { WorkerEvent } from '../worker.ts';
import type { ToolOutput } from './content.ts';
import type { Conversation } from './conversation.ts';
import type { RecordOf } from './messages.ts';
import { outputDelta } from './output-delta.ts';
import { toToolView } from './tool-view.ts';

export function translateToolStart(
  conversation: Conversation,
  { toolCallId: id, toolName: name, args: input, parentToolCallId }: RecordOf<'tool_execution_start'>,
): WorkerEvent[] {
  const parentId = parentToolCallId ?? undefined;
  conversation.calls.set(id, { name, input, parentId, output: '' });
  if (conversation.turn) conversation.turn.toolCalls += 1;
  const view = toToolView(name, input, conversation.workDir);
  return [{ type: 'tool_call', data: { id, name, input, ...view, status: 'running', parent_id: parentId } }];
}

/** A running tool has more output. What it showed of its whole output is cut down to what is new. */
export function translateToolUpdate(
  { calls }: Conversation,
  { toolCallId: id, partialResult }: RecordOf<'tool_execution_update'>,
): WorkerEvent[] {
  const call = calls.get(id);
  const output = toOutput(partialResult);
  if (!call || typeof output !== 'string' || output === call.output) return [];
  const output_delta = outputDelta(call.output, output);
  call.output = output;
  const news = output_delta === undefined ? { output } : { output_delta };
  return [{ type: 'tool_update', data: { id, ...news, parent_id: call.parentId } }];
}

export function translateToolEnd(
  conversation: Conversation,
  { toolCallId: id, result, isError }: RecordOf<'tool_execution_end'>,
): WorkerEvent[] {
  const { calls, refused } = conversation;
  const call = calls.get(id);
  if (!call) return [{ type: 'raw', data: { kind: 'pi.tool_execution_end', raw: result } }];
  calls.delete(id);
  const denied = refused.delete(id) || undefined;
  const output = toOutput(result);
  const error = isError ? (typeof output === 'string' ? output : JSON.stringify(output)) : undefined;
  const metadata = toMetadata(result);
  const data = { id, output, error, denied, metadata, parent_id: call.parentId };
  return [...withdrawAsks(conversation, id), { type: 'tool_result', data }];
}

/** Takes back what was asked: about one call, or altogether. NOTE: Pi does not say when it stops waiting. */
export function withdrawAsks({ asks }: Conversation, toolCallId?: string): WorkerEvent[] {
  return [...asks].flatMap(([id, ask]): WorkerEvent[] => {
    if (toolCallId !== undefined && (ask.kind === 'dialog' || ask.toolCallId !== toolCallId)) return [];
    asks.delete(id);
    return [{ type: 'interaction.withdrawn', data: { id } }];
  });
}

const textBlock = z.looseObject({ type: z.literal('text'), text: z.string() });

/** Plain text where it is nothing but text; images and the like stay as they are. */
function toOutput({ content }: ToolOutput): unknown {
  const texts = z.array(textBlock).safeParse(content ?? []);
  return texts.success ? texts.data.map(({ text }) => text).join('\n') : content;
}

/** What a tool says beside its text, without what the text says already. */
function toMetadata({ details, structuredContent }: ToolOutput): Record<string, unknown> | undefined {
  const parts = [details, structuredContent].map((part) => z.record(z.string(), z.unknown()).safeParse(part));
  const entries = parts.flatMap(({ data }) => Object.entries(data ?? {}));
  const kept = entries.filter(([name, value]) => name !== 'output' && isShort(value));
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

const longestValue = 4_000;

function isShort(value: unknown): boolean {
  return (JSON.stringify(value)?.length ?? 0) <= longestValue;
}
