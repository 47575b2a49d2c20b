import { z } from 'zod';
import type { InteractionResponse } from '../worker/worker.ts';

const metadata = z.object({
  permission_response: z
    .object({ request_id: z.string(), allowed: z.boolean(), reason: z.string().optional() })
    .optional(),
  question_response: z
    .object({ id: z.string(), answers: z.record(z.string(), z.union([z.string(), z.array(z.string())])) })
    .optional(),
  elicitation_response: z
    .object({
      id: z.string(),
      action: z.enum(['accept', 'decline', 'cancel']),
      content: z.record(z.string(), z.unknown()).optional(),
    })
    .optional(),
});

/** The answer that an older client hides in the metadata of an input (rule E4), if there is one. */
export function legacyAnswer(value: Record<string, unknown> | undefined): InteractionResponse | undefined {
  const parsed = value === undefined ? undefined : metadata.safeParse(value);
  if (!parsed?.success) return undefined;
  const {
    permission_response: permission,
    question_response: question,
    elicitation_response: elicitation,
  } = parsed.data;
  if (permission) {
    const { request_id: id, allowed, reason } = permission;
    return { kind: 'permission', id, allowed, ...(reason === undefined ? {} : { reason }) };
  }
  if (question) return { kind: 'question', ...question };
  if (!elicitation) return undefined;
  const { content, ...answer } = elicitation;
  return { kind: 'elicitation', ...answer, ...(content ? { content } : {}) };
}
