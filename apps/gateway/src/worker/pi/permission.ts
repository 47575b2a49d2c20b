import type { SessionConfig } from '@hotplex/aep-protocol';
import type { InteractionResponse, WorkerEvent } from '../worker.ts';
import type { Conversation, OpenAsk } from './conversation.ts';
import type { GateAnswer } from './gate.ts';
import { askTool } from './gate-question.ts';
import { toToolCalls } from './judged-call.ts';
import type { DialogAnswer } from './outgoing.ts';
import type { PermissionAsk } from './tool-request.ts';
import { toToolView } from './tool-view.ts';

/** Who decides about a tool call. Changed by commands and by what a person allows for the session. */
export type PermissionPolicy = {
  mode: string;
  /** Names of tools, `*` for any letters, that run without asking. */
  readonly allowedTools: readonly string[];
  /** Names of tools that never run. NOTE: before 1.0 Pi takes no `*` in them and would offer those it does not know. */
  readonly disallowedTools: readonly string[];
  /** What a person allowed for this session. */
  readonly remembered: Set<string>;
};

export function createPolicy(config: SessionConfig): PermissionPolicy {
  return {
    mode: config.permission_mode ?? 'default',
    allowedTools: config.allowed_tools ?? [],
    disallowedTools: config.disallowed_tools ?? [],
    remembered: new Set(),
  };
}

type Check = Extract<OpenAsk, { kind: 'check' }>;

export const askingModes: readonly string[] = ['default', 'acceptEdits', 'dontAsk'];
export const neverAsking = 'bypassPermissions';

const reading: readonly string[] = ['read', 'grep', 'find', 'ls'];
const editing: readonly string[] = ['write', 'edit'];
/** Folders whose files are run or obeyed by programs: changing one is more than an edit. */
const guarded = /(^|\/)\.(git|pi|agents)(\/|$)/;

const allowOnce = { id: 'allow_once', label: 'Allow once', kind: 'allow_once' } as const;
const deny = { id: 'deny', label: 'Deny', kind: 'reject_once' } as const;
export const allowSession = 'allow_session';

/** Whether a tool may run: by the session's mode, its configuration and what a person allowed before; else a person decides. */
export function decide(policy: PermissionPolicy, request: PermissionAsk): 'allow' | 'deny' | 'ask' {
  const { tool, input, inside = false } = request;
  if (policy.disallowedTools.some((pattern) => matches(tool, pattern))) return 'deny';
  if (policy.mode === neverAsking) return 'allow';
  if (tool === askTool || (reading.includes(tool) && inside)) return 'allow';
  if (policy.allowedTools.some((pattern) => matches(tool, pattern))) return 'allow';
  const accepted = policy.mode === 'acceptEdits' && editing.includes(tool) && inside;
  if (accepted && !guarded.test(String(input.path))) return 'allow';
  if (policy.remembered.has(toRule(request).rule)) return 'allow';
  return policy.mode === 'dontAsk' ? 'deny' : 'ask';
}

/** Refuses at once, or asks: the session about what is allowed here, else a person. */
export function translatePermission(
  conversation: Conversation,
  { id, request }: { id: string; request: PermissionAsk },
): { events: WorkerEvent[]; answer?: DialogAnswer } {
  const { toolCallId, tool, input } = request;
  const decision = decide(conversation.policy, request);
  if (decision === 'allow') {
    const check = { kind: 'check' as const, toolCallId, tool, input };
    conversation.asks.set(id, check);
    return { events: [toCheck(id, check, conversation.workDir)] };
  }
  if (decision === 'deny') {
    conversation.refused.add(toolCallId);
    const reason = `This session does not allow ${tool}.`;
    return { events: [], answer: gateAnswer({ allowed: false, reason }) };
  }
  const { rule, label } = toRule(request);
  conversation.asks.set(id, { kind: 'permission', toolCallId, rule });
  const data = {
    id,
    tool_name: tool,
    description: toToolView(tool, input, conversation.workDir).title,
    args: [JSON.stringify(input)],
    input_raw: input,
    options: [allowOnce, { id: allowSession, label, kind: 'allow_always' as const }, deny],
    tool_call_id: toolCallId,
  };
  const calls = toToolCalls({ name: tool, input }, conversation.workDir);
  return { events: [{ type: 'permission_request', data, calls }] };
}

/** What the session is to be asked again by a gateway whose predecessor may have died before it gave its word. */
export function openChecks({ asks, workDir }: Conversation): WorkerEvent[] {
  return [...asks].flatMap(([id, ask]) => (ask.kind === 'check' ? [toCheck(id, ask, workDir)] : []));
}

/** Asks the session for its word on a call that needs no person. */
function toCheck(id: string, { toolCallId, tool, input }: Check, workDir: string): WorkerEvent {
  const description = toToolView(tool, input, workDir).title;
  const data = { id, tool_name: tool, description, input_raw: input, tool_call_id: toolCallId };
  return { type: 'tool.check', data, calls: toToolCalls({ name: tool, input }, workDir) };
}

/** A person's answer to an open ask, remembered if it is for the session. Doubt denies. */
export function toPermissionAnswer(
  { policy, refused }: Conversation,
  ask: Extract<OpenAsk, { kind: 'permission' | 'check' }>,
  response: InteractionResponse,
): DialogAnswer {
  if (response.kind === 'permission' && response.allowed && response.optionId !== deny.id) {
    if (response.optionId === allowSession && ask.kind === 'permission') policy.remembered.add(ask.rule);
    return gateAnswer({ allowed: true, input: response.updatedInput });
  }
  refused.add(ask.toolCallId);
  const reason = response.kind === 'permission' ? response.reason?.trim() : undefined;
  return gateAnswer({ allowed: false, reason: reason || 'The user denied this.' });
}

function gateAnswer(answer: GateAnswer): DialogAnswer {
  return { value: JSON.stringify(answer) };
}

/** What "for this session" means: this very command or call, this tool in this folder, or this path elsewhere (P5). */
function toRule({ tool, input, inside = false }: PermissionAsk): { rule: string; label: string } {
  const { command, path } = input;
  const inSession = 'for this session';
  if (typeof command === 'string')
    return { rule: `${tool} ${command}`, label: `Allow this command ${inSession}` };
  if (typeof path !== 'string') {
    const what = tool === 'codemode' ? 'this script' : 'this same call';
    return { rule: `${tool} ${JSON.stringify(input)}`, label: `Allow ${what} ${inSession}` };
  }
  if (!inside || guarded.test(path))
    return { rule: `${tool} ${path}`, label: `Allow ${tool} of this path ${inSession}` };
  return { rule: `${tool} inside`, label: `Allow ${tool} in this folder ${inSession}` };
}

/** Names may hold `*`. */
export function matches(tool: string, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[^\w]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(tool);
}
