import { toToolView } from '../opencode/tool-view.ts';
import type { WorkerEvent } from '../worker.ts';
import type { Conversation } from './conversation.ts';
import { toJudgedCalls } from './judged-call.ts';
import type { EventOf, PermissionRequest, QuestionRequest } from './messages.ts';

export const allowSession = 'allow_session';
const allowOnce = { id: 'allow_once', label: 'Allow once', kind: 'allow_once' } as const;
const allowForSession = { id: allowSession, label: 'Allow for this session', kind: 'allow_always' } as const;
const deny = { id: 'deny', label: 'Deny', kind: 'reject_once' } as const;

/** The agent, or a sub-agent of it, asks a person. */
export function translateAsk(
  conversation: Conversation,
  event: EventOf<'permission.asked'> | EventOf<'question.asked'>,
): WorkerEvent[] {
  // After a gap the server is asked for what is open; what was told before is not told again.
  if (conversation.asks.has(event.properties.id)) return [];
  return event.type === 'permission.asked'
    ? askPermission(conversation, event.properties, 'permission_request')
    : askQuestion(conversation, event.properties);
}

/** An ask was decided. If not by us, it was swept away with another one that was refused. */
export function translateReply({ asks, refused }: Conversation, id: string, reply: string): WorkerEvent[] {
  const ask = asks.get(id);
  if (!ask) return [];
  asks.delete(id);
  if (reply === 'reject' && ask.request.tool) refused.add(ask.request.tool.callID);
  return [{ type: 'interaction.withdrawn', data: { id } }];
}

/** The tool that asks: the call's own name where it is known, as several tools share one permission. */
export function askingTool({ calls }: Conversation, { tool, permission }: PermissionRequest): string {
  return calls.get(tool?.callID ?? '')?.name ?? permission;
}

/** The event that asks for a permission: a person, or the session about what is allowed here. */
export function askPermission(
  conversation: Conversation,
  request: PermissionRequest,
  type: 'permission_request' | 'tool.check',
): WorkerEvent[] {
  const { id, permission, patterns, metadata, always, tool } = request;
  const tool_name = askingTool(conversation, request);
  const isCheck = type === 'tool.check';
  conversation.asks.set(id, { kind: 'permission', request, toolName: tool_name, isCheck });
  const called = conversation.calls.get(tool?.callID ?? '')?.input ?? {};
  const input = { ...metadata, ...called };
  const description =
    permission === 'external_directory'
      ? `Use files outside of the work dir: ${patterns.join(', ')}`
      : toToolView(tool_name, input, conversation.workDir).title;
  const options = always.length > 0 ? [allowOnce, allowForSession, deny] : [allowOnce, deny];
  const tool_call_id = tool?.callID;
  const calls = toJudgedCalls(request, { input: called, workDir: conversation.workDir });
  const data = { id, tool_name, description, args: patterns, input_raw: input, options, tool_call_id };
  return [{ type, data, calls }];
}

function askQuestion(conversation: Conversation, request: QuestionRequest): WorkerEvent[] {
  conversation.asks.set(request.id, { kind: 'question', request });
  const questions = request.questions.map(({ question, header, multiple, options }) => ({
    question,
    header: header ?? undefined,
    multi_select: multiple ?? undefined,
    options: options.map(({ label, description }) => ({ label, description: description ?? undefined })),
  }));
  const data = { id: request.id, tool_name: 'question', questions, tool_call_id: request.tool?.callID };
  return [{ type: 'question_request', data }];
}
