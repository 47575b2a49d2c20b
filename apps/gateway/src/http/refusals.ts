import { z } from '@hono/zod-openapi';
import { errorCodes } from '@hotplex/aep-protocol';
import { jsonAnswer } from './json-answer.ts';

const codes = z.enum(Object.keys(errorCodes) as [keyof typeof errorCodes]);

/** The body of every failed request. */
export const refusal = z
  .object({
    error: z.object({
      code: codes,
      message: z.string().describe('For people; names the remedy where there is one.'),
      retryable: z.boolean().describe('Whether the same request may succeed later.'),
      details: z.record(z.string(), z.unknown()).optional(),
    }),
  })
  .openapi('Refusal');

const meanings = {
  400: 'A field is missing or wrong; each is named.',
  401: 'There is no credential, or it is not good.',
  403: 'The credential is good, but not for this; or the policy forbids it.',
  404: 'There is no such thing, or it is somebody else’s.',
  405: 'The address takes other methods.',
  409: 'It is not the time for it.',
  411: 'The body does not say its length.',
  413: 'The body is too large.',
  415: 'The body is of another kind.',
  421: 'The gateway does not serve this host name.',
  422: 'It was understood, and is not to be had here.',
  429: 'Too much or too often; retry-after says how long to wait.',
  502: 'What was to be fetched did not come.',
  503: 'The gateway is stopping, full, or cannot write.',
  504: 'It took too long.',
} as const;

export type RefusedStatus = keyof typeof meanings;

/** Answers of a route that refuse what was asked. */
export const refusals = <S extends RefusedStatus>(...statuses: S[]) =>
  Object.fromEntries(statuses.map((status) => [status, jsonAnswer(meanings[status], refusal)])) as Record<
    S,
    ReturnType<typeof jsonAnswer<typeof refusal>>
  >;
