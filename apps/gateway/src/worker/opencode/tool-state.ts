import * as z from 'zod';

const words = z.string().nullish();
const anyObject = z.record(z.string(), z.unknown());
const time = z.looseObject({ start: z.number().nullish(), end: z.number().nullish() }).nullish();

/** How far a tool call is, as the server's events and the CLI's lines both carry it (OpenCode 1.18). */
export const toolState = z.discriminatedUnion('status', [
  z.looseObject({ status: z.literal('pending'), input: anyObject.catch({}) }),
  z.looseObject({
    status: z.literal('running'),
    input: anyObject.catch({}),
    title: words,
    metadata: anyObject.nullish(),
    time,
  }),
  z.looseObject({
    status: z.literal('completed'),
    input: anyObject.catch({}),
    output: z.unknown(),
    title: words,
    metadata: anyObject.nullish(),
    time,
  }),
  z.looseObject({
    status: z.literal('error'),
    input: anyObject.catch({}),
    error: z.string(),
    metadata: anyObject.nullish(),
    time,
  }),
]);
export type ToolState = z.infer<typeof toolState>;
export type EndedState = Extract<ToolState, { status: 'completed' | 'error' }>;

export const toolPart = z.looseObject({
  id: z.string(),
  type: z.literal('tool'),
  messageID: z.string(),
  sessionID: z.string(),
  tool: z.string(),
  callID: z.string(),
  state: toolState,
});
export type ToolPart = z.infer<typeof toolPart>;

/** Tokens as OpenCode reports them; `input` counts what was not cached. */
export const tokens = z.looseObject({
  input: z.number().nullish(),
  output: z.number().nullish(),
  reasoning: z.number().nullish(),
  cache: z.looseObject({ read: z.number().nullish(), write: z.number().nullish() }).nullish(),
});
export type Tokens = z.infer<typeof tokens>;

/** An error of the model or of OpenCode, in `session.error`, on a message, or on a line of the CLI. */
export const openCodeError = z.looseObject({
  name: z.string(),
  data: z
    .looseObject({ message: words, statusCode: z.number().nullish(), isRetryable: z.boolean().nullish() })
    .nullish(),
});
export type OpenCodeError = z.infer<typeof openCodeError>;
