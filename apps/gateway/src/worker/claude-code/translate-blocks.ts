import type { WorkerEvent } from '../worker.ts';
import type { ToolUse } from './content.ts';
import type { Conversation } from './conversation.ts';
import type { RecordOf } from './messages.ts';
import { translatePlan } from './plan.ts';
import { toToolResult } from './tool-result.ts';
import { toToolView } from './tool-view.ts';
import { noteContext } from './translate-stream.ts';

/** The CLI's own words, beside those of a model. */
const synthetic = '<synthetic>';

/** A completed block of the agent's answer: tool calls, and text that was not streamed. */
export function translateAssistant(conversation: Conversation, record: RecordOf<'assistant'>): WorkerEvent[] {
  const { message } = record;
  const { turn, streams } = conversation;
  const parentId = record.parent_tool_use_id ?? undefined;
  if (!parentId) conversation.lastSaid = record.uuid ?? undefined;
  if (record.is_api_error_message) {
    // The result repeats it, and becomes the error.
    if (turn) turn.apiError = record.error ?? null;
    return [];
  }
  const streamed = streams.get(parentId ?? '')?.messageId === message.id;
  if (turn && !parentId && !streamed && message.model !== synthetic) {
    turn.model = message.model ?? turn.model;
    noteContext(conversation, message.usage);
  }
  return message.content.flatMap((block, index): WorkerEvent[] => {
    // NOTE: a message comes as one record per block, all with the id of the message.
    const id = `${record.uuid ?? message.id}:${index}`;
    switch (block.type) {
      case 'text':
        if (streamed || block.text === '') return [];
        return [
          {
            type: 'message',
            data: { id, role: 'assistant', content: block.text, content_type: 'text', parent_id: parentId },
          },
        ];
      case 'thinking':
        if (streamed || block.thinking === '') return [];
        return [{ type: 'reasoning', data: { id, content: block.thinking, parent_id: parentId } }];
      case 'tool_use':
        return toolCall(conversation, block, parentId);
      default:
        return [];
    }
  });
}

/** Results of tools. Other words in the user's name are the CLI's own and not shown. */
export function translateUser(conversation: Conversation, record: RecordOf<'user'>): WorkerEvent[] {
  const { content } = record.message;
  if (typeof content === 'string') return [];
  return content.flatMap((block): WorkerEvent[] => {
    if (block.type !== 'tool_result') return [];
    const id = block.tool_use_id;
    const call = conversation.calls.get(id);
    if (!call) return [{ type: 'raw', data: { kind: 'claude.tool_result', raw: block } }];
    conversation.calls.delete(id);
    const meta = record.tool_result_meta?.find((entry) => entry.id === id);
    const refused = conversation.refused.delete(id);
    const denied = refused || meta?.permission_decision?.decision === 'reject';
    const structured = record.tool_use_result;
    const result: WorkerEvent = {
      type: 'tool_result',
      data: toToolResult({ call, block, structured, denied }),
    };
    const plan = block.is_error ? [] : translatePlan(conversation, { call, result: structured });
    return [result, ...plan];
  });
}

function toolCall(
  conversation: Conversation,
  { id, name, input }: ToolUse,
  parentId: string | undefined,
): WorkerEvent[] {
  conversation.calls.set(id, { name, input, parentId });
  if (conversation.turn) conversation.turn.toolCalls += 1;
  notePlanFile(conversation, name, input);
  const view = toToolView(name, input, conversation.workDir);
  return [{ type: 'tool_call', data: { id, name, input, ...view, status: 'running', parent_id: parentId } }];
}

/** In plan mode the agent writes its plan to a file of its own and proposes it without repeating the text. */
function notePlanFile(conversation: Conversation, name: string, input: Record<string, unknown>): void {
  const { file_path, content } = input;
  if (name !== 'Write' || typeof file_path !== 'string' || typeof content !== 'string') return;
  if (/\/plans\/[^/]+\.md$/.test(file_path)) conversation.planText = content;
}
