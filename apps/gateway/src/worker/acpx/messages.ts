import * as z from 'zod';
import { type AcpLine, decodeLine as decodeAcpLine } from '../acp-session/decode-line.ts';
import {
  type PermissionParams,
  type PromptResult,
  permissionParams,
  promptResult,
  toolCall,
} from '../acp-session/messages.ts';
import { type SessionState, sessionState } from '../acp-session/settings.ts';
import { checkId } from '../gate/check-id.ts';
import { gateCheck } from '../opencode/gate-check.ts';

/**
 * What `acpx --format json --json-strict` writes on stdout, one JSON object per line (observed with 0.19.1): the answer
 * to a command of its own, or, while a prompt runs, both directions of its connection to the agent. The ids of the two
 * directions collide, so that lines are told apart by their shape.
 */

const rpcId = z.union([z.string(), z.number()]);
export type RpcId = z.infer<typeof rpcId>;

const rpcError = z.looseObject({ code: z.number(), message: z.string(), data: z.unknown().optional() });
const acpxError = rpcError.extend({ data: z.looseObject({ detailCode: z.string().nullish() }).nullish() });
export type AcpxError = z.infer<typeof acpxError>;

const recordId = z.string();
const controlAnswer = z.discriminatedUnion('action', [
  z.looseObject({ action: z.literal('session_ensured'), acpxRecordId: recordId }),
  z.looseObject({ action: z.literal('session_closed') }),
  z.looseObject({ action: z.literal('cancel_result'), cancelled: z.boolean() }),
  z.looseObject({ action: z.literal('model_set') }),
  z.looseObject({
    action: z.literal('status_snapshot'),
    status: z.string(),
    acpxRecordId: recordId.optional(),
    /** The agent's own id of the conversation. */
    acpxSessionId: z.string().optional(),
    /** Of the queue owner, while the system knows it. */
    pid: z.number().optional(),
    /** What the agent offers, if it has said so. */
    availableModels: z.array(z.string()).optional(),
  }),
]);
export type ControlAnswer = z.infer<typeof controlAnswer>;
export type AnswerOf<A extends ControlAnswer['action']> = Extract<ControlAnswer, { action: A }>;

/** The notification by which our gate in front of an agent asks whether a call may go on. */
export const checkMethod = '_hotplex/check';
const permissionCheck = z.looseObject({ type: z.literal('permission'), id: checkId, toolCall });
const check = z.looseObject({
  method: z.literal(checkMethod),
  params: z.discriminatedUnion('type', [permissionCheck, gateCheck]),
});
export type Check = z.infer<typeof check>['params'];

/** Why acpx itself could not do something. */
const failure = z.looseObject({ id: z.null(), error: acpxError });
const request = z.looseObject({ id: rpcId, method: z.string(), params: z.unknown().optional() });
const refusal = z.looseObject({ id: rpcId, error: rpcError });
const cancellation = z.looseObject({ method: z.literal('session/cancel') });
const answer = z.looseObject({ id: rpcId, result: z.unknown() });
const permissionAnswer = z.looseObject({ outcome: z.looseObject({ optionId: z.string().optional() }) });

/** One line of a prompt, by what has to be done with it. */
export type PromptLine =
  | Exclude<AcpLine, { type: 'message' }>
  | { type: 'opening'; by: 'session/new' | 'session/resume' | 'session/load' }
  | { type: 'prompt'; id: RpcId }
  | { type: 'asked'; id: RpcId; permission: PermissionParams | undefined }
  | { type: 'check'; check: Check }
  | { type: 'decided'; id: RpcId; optionId: string | undefined }
  | { type: 'state'; id: RpcId; state: SessionState }
  | { type: 'refused'; id: RpcId; error: z.infer<typeof rpcError> }
  | { type: 'ended'; result: PromptResult }
  | { type: 'failed'; error: AcpxError };

/** Reads one line of a prompt. Never throws: what is not understood comes back as `unknown`. */
export function decodeLine(text: string): PromptLine {
  const json = parse(text);
  if (cancellation.safeParse(json).success) return { type: 'ignored' };
  const failed = failure.safeParse(json);
  if (failed.success) return { type: 'failed', error: failed.data.error };
  const held = check.safeParse(json);
  if (held.success) return { type: 'check', check: held.data.params };
  const line = decodeAcpLine(text);
  if (line.type !== 'message') return line;
  const asked = request.safeParse(line.message);
  if (asked.success) return toRequest(asked.data);
  const refused = refusal.safeParse(line.message);
  if (refused.success) return { type: 'refused', id: refused.data.id, error: refused.data.error };
  const answered = answer.safeParse(line.message);
  return answered.success ? toAnswer(answered.data) : { type: 'ignored' };
}

/** What a command of acpx said that matters. */
export type ControlLine = { type: 'answer'; answer: ControlAnswer } | { type: 'refusal'; error: AcpxError };

/** Reads one line of a command. Undefined for any other line; never throws. */
export function decodeControl(text: string): ControlLine | undefined {
  const json = parse(text);
  const answered = controlAnswer.safeParse(json);
  if (answered.success) return { type: 'answer', answer: answered.data };
  const failed = failure.safeParse(json);
  return failed.success ? { type: 'refusal', error: failed.data.error } : undefined;
}

function toRequest({ id, method, params }: z.infer<typeof request>): PromptLine {
  switch (method) {
    case 'session/prompt':
      return { type: 'prompt', id };
    case 'session/new':
    case 'session/resume':
    case 'session/load':
      return { type: 'opening', by: method };
    case 'initialize':
    case 'session/set_config_option':
    case 'session/set_mode':
    case 'session/set_model':
      return { type: 'ignored' };
    default:
      return { type: 'asked', id, permission: permissionParams.safeParse(params).data };
  }
}

function toAnswer({ id, result }: z.infer<typeof answer>): PromptLine {
  const ended = promptResult.safeParse(result);
  if (ended.success) return { type: 'ended', result: ended.data };
  const decided = permissionAnswer.safeParse(result);
  if (decided.success) return { type: 'decided', id, optionId: decided.data.outcome.optionId };
  const state = sessionState.safeParse(result);
  return state.success ? { type: 'state', id, state: state.data } : { type: 'ignored' };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
