import * as z from 'zod';

const count = z.number().nullish();

/** Tokens and dollars of one request to a model, as Pi counts them. */
export const usage = z.looseObject({
  input: count,
  output: count,
  cacheRead: count,
  cacheWrite: count,
  cost: z.looseObject({ total: count }).nullish(),
});
export type Usage = z.infer<typeof usage>;

/** What a newer Pi sends and we do not know; it must not hide what stands beside it. */
const other = z.object({ type: z.literal('other') });

const block = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('text'), text: z.string() }),
    z.object({ type: z.literal('thinking'), thinking: z.string() }),
    other,
  ])
  .catch({ type: 'other' });

const words = z.string().nullish();

/** A message of the conversation. Only what the agent and the user say is read; its instructions and results are not. */
export const message = z
  .discriminatedUnion('role', [
    z.looseObject({
      role: z.literal('assistant'),
      content: z.array(block),
      provider: words,
      model: words,
      usage: usage.nullish(),
      stopReason: words,
      errorMessage: words,
    }),
    z.looseObject({ role: z.literal('user'), content: z.union([z.string(), z.array(block)]) }),
    z.object({ role: z.literal('other') }),
  ])
  .catch({ role: 'other' });
export type AssistantMessage = Extract<z.infer<typeof message>, { role: 'assistant' }>;
export type UserMessage = Extract<z.infer<typeof message>, { role: 'user' }>;

const contentIndex = z.int();

/** A change of the message that is being streamed. */
export const messageChange = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('text_delta'), contentIndex, delta: z.string() }),
    z.object({ type: z.literal('text_end'), contentIndex }),
    z.object({ type: z.literal('thinking_delta'), contentIndex, delta: z.string() }),
    other,
  ])
  .catch({ type: 'other' });

/** What a tool gave back, whole or so far. */
export const toolOutput = z.looseObject({
  content: z.array(z.unknown()).nullish(),
  structuredContent: z.unknown().optional(),
  details: z.unknown().optional(),
});
export type ToolOutput = z.infer<typeof toolOutput>;
