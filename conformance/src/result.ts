import { createHash } from 'node:crypto';
import * as z from 'zod';

const text = z.union([z.string(), z.boolean(), z.number(), z.null()]);

/** What one client of a program saw. */
export const resultOfClient = z.strictObject({
  /** Every logged event once: number, kind, and the field of it that `eventText` names. */
  events: z.array(z.tuple([z.int(), z.string(), text])),
  /** Frames of the connection but `pong`: kind, and what they are about. */
  notices: z.array(z.string()),
  turns: z.record(
    z.string(),
    z.strictObject({
      /** Numbers of the events that the turn handed out. */
      seqs: z.array(z.int()),
      text: z.string().nullable(),
      success: z.boolean().nullable(),
      stop_reason: z.string().nullable(),
      error: z.string().nullable(),
    }),
  ),
  /** The states of the connection without repetitions. */
  connection: z.array(z.string()),
  last_seq: z.int(),
  /** How often a credential was asked for. */
  tokens_asked: z.int(),
  history: z.array(z.tuple([z.int(), z.string(), text])),
});

export type ClientResult = z.infer<typeof resultOfClient>;
export type ScenarioResult = { outcomes: string[]; clients: Record<string, ClientResult> };

/** Which field of an event's data stands for it in a result; kinds that are not here have `null`. */
export const eventText: Readonly<Record<string, string>> = {
  state: 'state',
  input: 'content',
  'input.status': 'status',
  'message.start': 'id',
  'message.delta': 'content',
  'message.end': 'message_id',
  message: 'content',
  reasoning: 'content',
  tool_call: 'name',
  tool_result: 'id',
  error: 'code',
  permission_request: 'tool_name',
  'permission.resolved': 'allowed',
  question_request: 'id',
  'question.resolved': 'reason',
  elicitation_request: 'id',
  'elicitation.resolved': 'action',
  done: 'success',
};

/** Which field of a notice says what it is about. */
export const noticeText: Readonly<Record<string, string>> = {
  control: 'action',
  error: 'code',
  resync: 'reason',
  'input.receipt': 'status',
};

/** JSON with sorted keys and without spaces: the same bytes in every language (RFC 8785, without fractions). */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}

/** The SHA-256 of a result, in hexadecimal. */
export function digestOf(result: ScenarioResult): string {
  return createHash('sha256').update(canonicalJson(result)).digest('hex');
}
