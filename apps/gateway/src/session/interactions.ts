import { isDeepStrictEqual } from 'node:util';
import type { LoggedEvent, ServerData } from '@hotplex/aep-protocol';
import * as z from 'zod';
import type { InteractionRecord } from '../store/store.ts';
import type { InteractionResponse, WorkerEvent } from '../worker/worker.ts';

export type InteractionRequest = Extract<
  WorkerEvent,
  { type: 'permission_request' | 'question_request' | 'elicitation_request' }
>;
export type PermissionRequest = Extract<InteractionRequest, { type: 'permission_request' }>;
type Reason = ServerData<'permission.resolved'>['reason'];

const kinds = {
  permission_request: 'permission',
  question_request: 'question',
  elicitation_request: 'elicitation',
} as const;

/** What kind of answer it wants. */
export const kindOf = ({ type }: Pick<InteractionRequest, 'type'>): InteractionRecord['kind'] => kinds[type];

/** The row of something an agent asks; it is stored before anybody sees it (requirement P1). */
export function openInteraction(
  request: InteractionRequest,
  { turnId, now, timeoutMs }: { turnId: string | null; now: number; timeoutMs: number },
): InteractionRecord {
  return {
    id: request.data.id,
    kind: kindOf(request),
    turnId,
    request: { ...request.data, deadline_ms: timeoutMs },
    status: 'open',
    resolution: null,
    answer: null,
    resolvedAt: null,
    deadlineAt: now + timeoutMs,
    createdAt: now,
  };
}

/** Whether an agent asks the very thing again. What the gateway added when it wrote it down does not count. */
export function isSameRequest(
  { kind, request }: Pick<InteractionRecord, 'kind' | 'request'>,
  again: InteractionRequest,
): boolean {
  return kind === kindOf(again) && isDeepStrictEqual(toAsked(request), toAsked({ ...again.data }));
}

/** As it is stored: what is undefined is not there. */
function toAsked({ policy: _, deadline_ms: __, ...asked }: Record<string, unknown>): unknown {
  return JSON.parse(JSON.stringify(asked));
}

/** The answer that stands for "nobody decided": it never allows anything. */
export function refusal(row: Pick<InteractionRecord, 'id' | 'kind'>, reason: string): InteractionResponse {
  if (row.kind === 'permission') return { kind: 'permission', id: row.id, allowed: false, reason };
  if (row.kind === 'question') return { kind: 'question', id: row.id, answers: null };
  return { kind: 'elicitation', id: row.id, action: 'cancel' };
}

const answer = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('permission'),
    id: z.string(),
    allowed: z.boolean(),
    reason: z.string().exactOptional(),
    optionId: z.string().exactOptional(),
    updatedInput: z.record(z.string(), z.unknown()).exactOptional(),
  }),
  z.object({
    kind: z.literal('question'),
    id: z.string(),
    answers: z.record(z.string(), z.union([z.string(), z.array(z.string())])).nullable(),
  }),
  z.object({
    kind: z.literal('elicitation'),
    id: z.string(),
    action: z.enum(['accept', 'decline', 'cancel']),
    content: z.record(z.string(), z.unknown()).exactOptional(),
  }),
]);

/** What the agent was told, of a request that was decided. */
export function givenAnswer(row: InteractionRecord): InteractionResponse | undefined {
  return answer.safeParse(row.answer).data;
}

/** The event that tells every client how a request was decided. */
export function resolvedEvent(answer: InteractionResponse, by: string | null, reason: Reason): LoggedEvent {
  const { id } = answer;
  if (answer.kind === 'question')
    return { type: 'question.resolved', data: { id, answers: answer.answers, by, reason } };
  if (answer.kind === 'elicitation')
    return { type: 'elicitation.resolved', data: { id, action: answer.action, by, reason } };
  return {
    type: 'permission.resolved',
    data: {
      id,
      allowed: answer.allowed,
      by,
      reason,
      ...(answer.optionId === undefined ? {} : { option_id: answer.optionId }),
      ...(answer.reason === undefined ? {} : { message: answer.reason }),
    },
  };
}
