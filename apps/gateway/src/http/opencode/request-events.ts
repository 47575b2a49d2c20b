import type { ServerData, ServerEnvelope } from '@hotplex/aep-protocol';
import type { OpenCodeEvent } from './message.ts';
import { toRequestId, toSessionId } from './opencode-ids.ts';

type Place = { sessionId: string; messageId: string | undefined };

/** What an agent asks of people, and what they decided. OpenCode has no word for a form of an MCP server: it is left out. */
export function toRequestEvents(
  { session_id: sessionId, event }: ServerEnvelope,
  messageId: string | undefined,
): OpenCodeEvent[] {
  const sessionID = toSessionId(sessionId);
  const place = { sessionId, messageId };
  switch (event.type) {
    case 'permission_request':
      return [{ type: 'permission.asked', properties: toPermission(event.data, place) }];
    case 'permission.resolved': {
      const requestID = toRequestId('permission', { sessionId, id: event.data.id });
      const reply = event.data.allowed ? 'once' : 'reject';
      return [{ type: 'permission.replied', properties: { sessionID, requestID, reply } }];
    }
    case 'question_request':
      return [{ type: 'question.asked', properties: toQuestion(event.data, place) }];
    case 'question.resolved': {
      const requestID = toRequestId('question', { sessionId, id: event.data.id });
      const { answers } = event.data;
      if (!answers) return [{ type: 'question.rejected', properties: { sessionID, requestID } }];
      const lists = Object.values(answers).map((answer) => [answer].flat());
      return [{ type: 'question.replied', properties: { sessionID, requestID, answers: lists } }];
    }
    default:
      return [];
  }
}

/** OpenCode’s `PermissionRequest`. */
export function toPermission(
  { id, tool_name, description, args, input_raw, tool_call_id, policy }: ServerData<'permission_request'>,
  place: Place,
) {
  const { sessionId } = place;
  const command = policy?.command ?? description ?? args?.join(' ') ?? tool_name;
  return {
    ...{ id: toRequestId('permission', { sessionId, id }), sessionID: toSessionId(sessionId) },
    ...{ permission: tool_name.toLowerCase(), patterns: [command], always: [] },
    metadata: typeof input_raw === 'object' && input_raw !== null ? { ...input_raw } : {},
    ...toolOf(tool_call_id, place),
  };
}

/** OpenCode’s `QuestionRequest`. */
export function toQuestion({ id, questions, tool_call_id }: ServerData<'question_request'>, place: Place) {
  const { sessionId } = place;
  return {
    ...{ id: toRequestId('question', { sessionId, id }), sessionID: toSessionId(sessionId) },
    questions: questions.map(({ question, header = question, options, multi_select: multiple }) => ({
      ...{
        question,
        header,
        options: options.map(({ label, description = '' }) => ({ label, description })),
      },
      ...(multiple === undefined ? {} : { multiple }),
    })),
    ...toolOf(tool_call_id, place),
  };
}

const toolOf = (callID: string | undefined, { messageId: messageID }: Place) =>
  callID === undefined || messageID === undefined ? {} : { tool: { messageID, callID } };
