import * as z from 'zod';
import type { InteractionResponse, WorkerEvent } from '../worker.ts';
import type { Conversation, OpenAsk } from './conversation.ts';
import { translateElicitation } from './elicitation.ts';
import { translateHook } from './hook.ts';
import { toToolCalls } from './judged-call.ts';
import type { RecordOf } from './messages.ts';
import { toAnsweredQuestions, toQuestions } from './question.ts';

const anyObject = z.record(z.string(), z.unknown());

const canUseTool = z.looseObject({
  subtype: z.literal('can_use_tool'),
  tool_name: z.string(),
  tool_use_id: z.string().nullish(),
  input: anyObject,
  description: z.string().nullish(),
  permission_suggestions: z.array(anyObject).nullish(),
});
type CanUseTool = z.infer<typeof canUseTool>;

export const allowSession = 'allow_session';
const allowOnce = { id: 'allow_once', label: 'Allow once', kind: 'allow_once' } as const;
const allowForSession = { id: allowSession, label: 'Allow for this session', kind: 'allow_always' } as const;
const deny = { id: 'deny', label: 'Deny', kind: 'reject_once' } as const;

/** The agent asks a person: for a permission, for a choice, to accept its plan, or for a form. Undefined if it wants something else. */
export function translateAsk(
  conversation: Conversation,
  record: RecordOf<'control_request'>,
): WorkerEvent[] | undefined {
  const parsed = canUseTool.safeParse(record.request);
  if (!parsed.success)
    return translateHook(conversation, record) ?? translateElicitation(conversation, record);
  const id = record.request_id;
  const { tool_name, tool_use_id, input } = parsed.data;
  const tool_call_id = tool_use_id ?? undefined;
  if (tool_name === 'AskUserQuestion') {
    const questions = toQuestions(input);
    if (questions) {
      conversation.asks.set(id, { kind: 'question', toolCallId: tool_call_id, input, sessionRules: [] });
      return [{ type: 'question_request', data: { id, tool_name, questions, tool_call_id } }];
    }
  }
  const { input: shown, description } = toShown(conversation, parsed.data);
  const sessionRules = toSessionRules(parsed.data.permission_suggestions ?? []);
  conversation.asks.set(id, { kind: 'permission', toolCallId: tool_call_id, input, sessionRules });
  const data = {
    id,
    tool_name,
    description,
    args: [JSON.stringify(shown)],
    input_raw: shown,
    options: sessionRules.length > 0 ? [allowOnce, allowForSession, deny] : [allowOnce, deny],
    tool_call_id,
  };
  const calls = toToolCalls({ name: tool_name, input }, conversation.cwd ?? conversation.workDir);
  return [{ type: 'permission_request', data, calls }];
}

/** What the CLI is to be told. Anything but these two shapes it takes for a broken host. */
export type PermissionAnswer =
  | {
      behavior: 'allow';
      updatedInput: Record<string, unknown>;
      updatedPermissions?: readonly Record<string, unknown>[];
    }
  | { behavior: 'deny'; message: string };

/** The answer to an open ask. Doubt denies. */
export function toPermissionAnswer(ask: OpenAsk, response: InteractionResponse): PermissionAnswer {
  if (response.kind === 'question' && ask.kind === 'question') {
    const { answers } = response;
    if (answers === null) return { behavior: 'deny', message: 'The user did not answer.' };
    return { behavior: 'allow', updatedInput: toAnsweredQuestions(ask.input, answers) };
  }
  if (response.kind !== 'permission' || !response.allowed || response.optionId === deny.id) {
    const reason = response.kind === 'permission' ? response.reason?.trim() : undefined;
    return { behavior: 'deny', message: reason || 'The user denied this.' };
  }
  const updatedInput = response.updatedInput ?? ask.input;
  if (response.optionId !== allowSession || ask.sessionRules.length === 0) {
    return { behavior: 'allow', updatedInput };
  }
  return { behavior: 'allow', updatedInput, updatedPermissions: ask.sessionRules };
}

/**
 * What may be remembered of the CLI's suggestions: rules and folders, for this session. Its own targets would
 * write files into the work dir, and a changed mode would allow far more than what was asked.
 */
function toSessionRules(suggestions: readonly Record<string, unknown>[]): Record<string, unknown>[] {
  const kept = suggestions.filter(
    ({ type, behavior }) => type === 'addDirectories' || (type === 'addRules' && behavior === 'allow'),
  );
  if (!kept.some(({ type }) => type === 'addRules')) return [];
  return kept.map((suggestion) => ({ ...suggestion, destination: 'session' }));
}

/** NOTE: for ExitPlanMode the request is empty; the plan stands in the call or in the plan file written before. */
function toShown(conversation: Conversation, { tool_name, tool_use_id, input, description }: CanUseTool) {
  if (tool_name !== 'ExitPlanMode') return { input, description: description ?? undefined };
  const called = conversation.calls.get(tool_use_id ?? '')?.input;
  const shown = { ...called, ...input };
  const plan = typeof shown.plan === 'string' ? shown.plan : conversation.planText;
  return plan === undefined
    ? { input: shown, description: 'The agent proposes to begin the work.' }
    : { input: { ...shown, plan }, description: plan };
}
