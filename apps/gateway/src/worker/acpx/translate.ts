import { toAskedCall } from '../acp-session/asked-call.ts';
import { type Conversation, createConversation } from '../acp-session/conversation.ts';
import { toJudgedCalls } from '../acp-session/judged-call.ts';
import type { PermissionParams } from '../acp-session/messages.ts';
import { noteState } from '../acp-session/settings.ts';
import { translate } from '../acp-session/translate.ts';
import { tellCall } from '../acp-session/translate-tool.ts';
import type { Outcome } from '../acp-session/turn-end.ts';
import { isAllowed } from '../gate/is-allowed.ts';
import { toCheck } from '../opencode/gate-check.ts';
import type { InteractionResponse, WorkerEvent } from '../worker.ts';
import type { Check, PromptLine, RpcId } from './messages.ts';

/** A named session of acpx, as far as it has told of it. */
export type NamedSession = {
  readonly conversation: Conversation;
  readonly workDir: string;
  /** The calls that wait for the gateway's word, by the id of the check. */
  readonly checks: Map<string, string>;
  /** Whether something was said in it that would be missed. */
  remembers: boolean;
};

/** What one run of `acpx prompt` has told of the connection behind it. */
export type Exchange = {
  /** Known once the prompt has reached the agent. */
  promptId: RpcId | undefined;
  /** What the agent asked of acpx and has no answer yet. */
  readonly asked: Map<RpcId, PermissionParams | undefined>;
};

export function newSession({ workDir, resumed }: { workDir: string; resumed: boolean }): NamedSession {
  return { conversation: createConversation({ resumed }), remembers: resumed, workDir, checks: new Map() };
}

export function newExchange(): Exchange {
  return { promptId: undefined, asked: new Map() };
}

type Opening = Extract<PromptLine, { type: 'opening' }>['by'];

/** `outcome`: the line ends the turn. */
export type Told = { events: WorkerEvent[]; outcome?: Outcome };
export type Context = { session: NamedSession; exchange: Exchange; at: number };

/** What one line means in the protocol's words. Does no I/O; remembers in the context. `at`: monotonic milliseconds. */
export function translateLine(line: PromptLine, { session, exchange, at }: Context): Told {
  const { conversation } = session;
  const { asked } = exchange;
  switch (line.type) {
    case 'opening':
      return { events: noteOpening(session, line.by) };
    case 'prompt':
      exchange.promptId = line.id;
      conversation.replaying = false;
      return { events: [] };
    case 'asked':
      asked.set(line.id, line.permission);
      return { events: line.permission ? tellCall(conversation, line.permission.toolCall) : [] };
    case 'check':
      return { events: translateCheck(session, line.check) };
    case 'decided':
      noteDecision(conversation, asked.get(line.id), line.optionId);
      asked.delete(line.id);
      return { events: [] };
    case 'state':
      if (!asked.delete(line.id)) noteState(conversation, line.state);
      return { events: [] };
    case 'refused':
      // NOTE: acpx refuses requests of the agent too, and their ids are not its own.
      if (asked.delete(line.id) || line.id !== exchange.promptId) return { events: [] };
      return { events: [], outcome: { error: line.error } };
    case 'ended':
      return { events: [], outcome: { result: line.result } };
    case 'failed':
      return { events: [], outcome: { error: line.error } };
    default:
      return { events: translate(conversation, line, at) };
  }
}

/** Our gate in front of the agent, or our plugin in it, holds a call back until the session has given its word. */
function translateCheck({ conversation, workDir, checks }: NamedSession, check: Check): WorkerEvent[] {
  if (check.type === 'hotplex.check') {
    checks.set(check.id, check.callID);
    return [toCheck(check, workDir)];
  }
  const { id, toolCall } = check;
  checks.set(id, toolCall.toolCallId);
  const told = tellCall(conversation, toolCall);
  const known = conversation.calls.get(toolCall.toolCallId) ?? toolCall;
  const data = { id, ...toAskedCall(known), tool_call_id: toolCall.toolCallId };
  return [...told, { type: 'tool.check', data, calls: toJudgedCalls(known, workDir) }];
}

/** Notes the word on a call that waits for one. False if none of this id does. */
export function takeAnswer({ checks, conversation }: NamedSession, response: InteractionResponse): boolean {
  const call = checks.get(response.id);
  if (call === undefined) return false;
  checks.delete(response.id);
  if (!isAllowed(response)) conversation.refused.add(call);
  return true;
}

/** NOTE: when an agent cannot go on with a conversation, acpx begins a new one under the same name and says nothing. */
function noteOpening(session: NamedSession, by: Opening): WorkerEvent[] {
  const { conversation } = session;
  conversation.replaying = by === 'session/load';
  conversation.cost = undefined;
  conversation.costBefore = by === 'session/new' ? 0 : undefined;
  if (by !== 'session/new' || !session.remembers) return [];
  session.remembers = false;
  const reason = 'the agent could not go on with this conversation, and acpx began a new one';
  return [{ type: 'context.lost', data: { reason } }];
}

/** acpx decides by its flags; a call that it refused is told as denied. */
function noteDecision(
  conversation: Conversation,
  permission: PermissionParams | undefined,
  optionId: string | undefined,
): void {
  const chosen = permission?.options.find((option) => option.optionId === optionId);
  const allowed = chosen?.kind === 'allow_once' || chosen?.kind === 'allow_always';
  if (permission && !allowed) conversation.refused.add(permission.toolCall.toolCallId);
}
