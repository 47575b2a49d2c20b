import * as z from 'zod';
import type { InteractionResponse, WorkerEvent } from '../worker.ts';
import type { Conversation } from './conversation.ts';
import type { RecordOf } from './messages.ts';

/** An MCP server asks for a form. Seen with 2.1.330; a `url` instead of a schema is for pages to visit. */
const elicitation = z.looseObject({
  subtype: z.literal('elicitation'),
  mcp_server_name: z.string(),
  message: z.string(),
  mode: z.string().nullish(),
  url: z.string().nullish(),
  elicitation_id: z.string().nullish(),
  requested_schema: z.record(z.string(), z.unknown()).nullish(),
});

/** The form as the protocol has it; undefined if the request is about something else. */
export function translateElicitation(
  conversation: Conversation,
  { request_id: id, request }: RecordOf<'control_request'>,
): WorkerEvent[] | undefined {
  const parsed = elicitation.safeParse(request);
  if (!parsed.success) return undefined;
  const { mcp_server_name, message, mode, url, elicitation_id, requested_schema } = parsed.data;
  conversation.asks.set(id, { kind: 'elicitation', toolCallId: undefined, input: {}, sessionRules: [] });
  const data = {
    id,
    mcp_server_name,
    message,
    mode: mode ?? undefined,
    url: url ?? undefined,
    elicitation_id: elicitation_id ?? undefined,
    requested_schema: requested_schema ?? undefined,
  };
  return [{ type: 'elicitation_request', data }];
}

export type ElicitationAnswer = {
  action: 'accept' | 'decline' | 'cancel';
  content?: Record<string, unknown>;
};

/** What the MCP server is told. An answer to something else cancels the form. */
export function toElicitationAnswer(response: InteractionResponse): ElicitationAnswer {
  if (response.kind !== 'elicitation') return { action: 'cancel' };
  const { action, content } = response;
  return action === 'accept' ? { action, content: content ?? {} } : { action };
}
