import * as z from 'zod';
import { apiUsage, contentBlock, streamEvent } from './content.ts';
import { systemRecord } from './system-records.ts';

/**
 * What Claude Code writes on stdout, one JSON object per line (`--output-format stream-json`, observed with 2.1.330).
 * All schemas are loose and name only what we read: a newer CLI may add fields and kinds.
 */

const words = z.string().nullish();
const figure = z.number().nullish();
const uuids = z.array(z.string()).nullish();
const anyObject = z.record(z.string(), z.unknown());

export const modelUsage = z.looseObject({
  inputTokens: figure,
  outputTokens: figure,
  cacheReadInputTokens: figure,
  cacheCreationInputTokens: figure,
  costUSD: figure,
  contextWindow: figure,
  canonicalModel: words,
});
export type ModelUsage = z.infer<typeof modelUsage>;
const usageByModel = z.record(z.string(), modelUsage).nullish();

/** Not loose: most of what it says are these, and zod reads a plain object many times faster. */
const streamRecord = z.object({
  type: z.literal('stream_event'),
  event: streamEvent,
  parent_tool_use_id: words,
  /** On message_stop: the blocks from this index on are void. */
  abandoned_blocks: z.object({ api_message_id: z.string(), from_block_index: z.int() }).nullish(),
});

const assistantRecord = z.looseObject({
  type: z.literal('assistant'),
  uuid: words,
  message: z.looseObject({
    id: z.string(),
    model: words,
    content: z.array(contentBlock),
    usage: apiUsage.nullish(),
  }),
  parent_tool_use_id: words,
  error: words,
  is_api_error_message: z.boolean().nullish(),
});

const toolResultMeta = z.looseObject({
  id: z.string(),
  permission_decision: z.looseObject({ decision: words }).nullish(),
});

const userRecord = z.looseObject({
  type: z.literal('user'),
  message: z.looseObject({ content: z.union([z.string(), z.array(contentBlock)]) }),
  parent_tool_use_id: words,
  tool_use_result: z.unknown().optional(),
  tool_result_meta: z.array(toolResultMeta).nullish(),
});

const resultRecord = z.looseObject({
  type: z.literal('result'),
  subtype: z.string(),
  is_error: z.boolean(),
  result: words,
  errors: z.array(z.string()).nullish(),
  stop_reason: words,
  terminal_reason: words,
  api_error_status: figure,
  duration_ms: figure,
  duration_api_ms: figure,
  ttft_ms: figure,
  num_turns: figure,
  user_message_uuids: uuids,
  /** Set on turns that no prompt asked for. */
  origin: z.unknown().optional(),
  /** Sums since the process (or, after an orderly exit, the conversation) began. */
  modelUsage: usageByModel,
  model_usage_since_last_result: usageByModel,
});

const controlRequest = z.looseObject({
  type: z.literal('control_request'),
  request_id: z.string(),
  request: z.looseObject({ subtype: z.string() }),
});

const controlResponse = z.looseObject({
  type: z.literal('control_response'),
  response: z.looseObject({
    subtype: z.string(),
    request_id: words,
    response: anyObject.nullish(),
    error: words,
  }),
});

const otherRecords = [
  z.looseObject({ type: z.literal('control_cancel_request'), request_id: z.string() }),
  z.looseObject({
    type: z.literal('command_lifecycle'),
    command_uuid: z.string(),
    state: z.string(),
  }),
  z.looseObject({
    type: z.literal('rate_limit_event'),
    rate_limit_info: z.looseObject({ status: words, resetsAt: figure, rateLimitType: words }),
  }),
  z.looseObject({ type: z.literal('conversation_reset') }),
  z.looseObject({ type: z.literal('keep_alive') }),
] as const;

const record = z.discriminatedUnion('type', [
  streamRecord,
  assistantRecord,
  userRecord,
  resultRecord,
  systemRecord,
  controlRequest,
  controlResponse,
  ...otherRecords,
]);

/** A line we know, or one to be passed on as it is. */
export type ClaudeRecord = z.infer<typeof record> | { type: 'unknown'; kind: string; raw: unknown };
/** One kind of record, e.g. `RecordOf<'result'>`. */
export type RecordOf<T extends ClaudeRecord['type']> = Extract<ClaudeRecord, { type: T }>;

/** Of a line that is not understood this many characters are passed on: it is stored, and sent to every client. */
const excerptLength = 16_384;

/** Reads one line of stdout. Never throws: what is not understood comes back as `unknown`. */
export function decodeRecord(line: string): ClaudeRecord {
  let raw: unknown;
  try {
    raw = JSON.parse(line);
  } catch {
    return { type: 'unknown', kind: 'claude.text', raw: line.slice(0, excerptLength) };
  }
  const known = decodeValue(raw);
  return known.type === 'unknown' && line.length > excerptLength
    ? { ...known, raw: line.slice(0, excerptLength) }
    : known;
}

/** The same of what is parsed already. */
export function decodeValue(raw: unknown): ClaudeRecord {
  const known = record.safeParse(raw);
  return known.success ? known.data : { type: 'unknown', kind: kindOf(raw), raw };
}

const named = z.looseObject({ type: z.string(), subtype: words });

function kindOf(raw: unknown): string {
  const name = named.safeParse(raw);
  if (!name.success) return 'claude.unknown';
  const { type, subtype } = name.data;
  return subtype ? `claude.${type}/${subtype}` : `claude.${type}`;
}
