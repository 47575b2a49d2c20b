import * as z from 'zod';
import type { InteractionResponse, WorkerEvent } from '../worker.ts';
import type { Conversation, OpenAsk } from './conversation.ts';
import { toToolCalls } from './judged-call.ts';
import type { RecordOf } from './messages.ts';

/**
 * The hook that is registered with `initialize`: the CLI calls it before every tool of every agent, also before those
 * that it would not ask about. NOTE: a tool whose hook is not answered in time, in seconds, is not run (seen with 2.1.330);
 * ten minutes leave room for a gateway that starts again.
 */
export const toolHook = { PreToolUse: [{ hookCallbackIds: ['pre_tool_use'], timeout: 600 }] };

const callback = z.looseObject({
  subtype: z.literal('hook_callback'),
  input: z.looseObject({
    hook_event_name: z.literal('PreToolUse'),
    tool_name: z.string(),
    tool_input: z.record(z.string(), z.unknown()),
    tool_use_id: z.string().nullish(),
    cwd: z.string().nullish(),
  }),
});

/** A tool is about to run: the session has the last word. Undefined if the request is about something else. */
export function translateHook(
  conversation: Conversation,
  { request_id: id, request }: RecordOf<'control_request'>,
): WorkerEvent[] | undefined {
  const parsed = callback.safeParse(request);
  if (!parsed.success) return undefined;
  const { tool_name: tool, tool_input: input, tool_use_id, cwd } = parsed.data.input;
  conversation.cwd = cwd ?? conversation.cwd;
  const ask: OpenAsk = {
    ...{ kind: 'check', toolCallId: tool_use_id ?? undefined, input, sessionRules: [], tool },
  };
  conversation.asks.set(id, ask);
  return [toCheck(conversation, id, ask)];
}

/** What the session is to be asked again by a gateway whose predecessor may have died before it gave its word. */
export function openChecks(conversation: Conversation): WorkerEvent[] {
  return [...conversation.asks].flatMap(([id, ask]) =>
    ask.kind === 'check' ? [toCheck(conversation, id, ask)] : [],
  );
}

function toCheck(
  { cwd, workDir }: Conversation,
  id: string,
  { tool = '', toolCallId, input }: OpenAsk,
): WorkerEvent {
  const data = {
    id,
    tool_name: tool,
    args: [JSON.stringify(input)],
    input_raw: input,
    tool_call_id: toolCallId,
  };
  return { type: 'tool.check', data, calls: toToolCalls({ name: tool, input }, cwd ?? workDir) };
}

export type HookAnswer = {
  continue: true;
  hookSpecificOutput?: {
    hookEventName: 'PreToolUse';
    permissionDecision: 'deny';
    permissionDecisionReason: string;
  };
};

/** Without an objection the CLI goes by its own rules, and asks a person if they say so. Doubt denies. */
export function toHookAnswer(response: InteractionResponse): HookAnswer {
  if (response.kind === 'permission' && response.allowed) return { continue: true };
  const reason = response.kind === 'permission' ? response.reason?.trim() : undefined;
  return {
    continue: true,
    hookSpecificOutput: {
      hookEventName: 'PreToolUse',
      permissionDecision: 'deny',
      permissionDecisionReason: reason || 'This was not permitted.',
    },
  };
}
