import * as z from 'zod';

const count = z.number().nullish();

/** Tokens as the model API reports them for one request. */
export const apiUsage = z.looseObject({
  input_tokens: count,
  output_tokens: count,
  cache_read_input_tokens: count,
  cache_creation_input_tokens: count,
});
export type ApiUsage = z.infer<typeof apiUsage>;

const anyObject = z.record(z.string(), z.unknown());
/** What a newer CLI sends and we do not know; it must not hide what stands beside it. */
const other = z.object({ type: z.literal('other') });

/** A part of a message, as `assistant` and `user` records carry it. */
export const contentBlock = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('text'), text: z.string() }),
    z.object({ type: z.literal('thinking'), thinking: z.string() }),
    z.object({ type: z.literal('tool_use'), id: z.string(), name: z.string(), input: anyObject }),
    z.object({
      type: z.literal('tool_result'),
      tool_use_id: z.string(),
      content: z.unknown().optional(),
      is_error: z.boolean().nullish(),
    }),
    other,
  ])
  .catch({ type: 'other' });
export type ContentBlock = z.infer<typeof contentBlock>;
export type ToolUse = Extract<ContentBlock, { type: 'tool_use' }>;
export type ToolResult = Extract<ContentBlock, { type: 'tool_result' }>;

const delta = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('text_delta'), text: z.string() }),
    z.object({ type: z.literal('thinking_delta'), thinking: z.string() }),
    other,
  ])
  .catch({ type: 'other' });

/** The server-sent events of the Messages API, which the CLI passes on inside `stream_event`. */
export const streamEvent = z
  .discriminatedUnion('type', [
    z.object({
      type: z.literal('message_start'),
      message: z.looseObject({ id: z.string(), model: z.string().nullish(), usage: apiUsage.nullish() }),
    }),
    z.object({ type: z.literal('content_block_start'), index: z.int() }),
    z.object({ type: z.literal('content_block_delta'), index: z.int(), delta }),
    z.object({ type: z.literal('content_block_stop'), index: z.int() }),
    z.object({ type: z.literal('message_delta'), usage: apiUsage.nullish() }),
    z.object({ type: z.literal('message_stop') }),
    other,
  ])
  .catch({ type: 'other' });
export type StreamEvent = z.infer<typeof streamEvent>;
