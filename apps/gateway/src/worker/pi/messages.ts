import * as z from 'zod';
import { message, messageChange, toolOutput, usage } from './content.ts';

/**
 * What Pi writes on stdout in `--mode rpc`, one JSON object per line (observed with 1.5.2 and 0.87.1; the older one
 * leaves out `disposition`, `aborted` and all durations). Loose throughout: a newer Pi may add fields and kinds.
 */

const words = z.string().nullish();
const figure = z.number().nullish();
const anyObject = z.record(z.string(), z.unknown());

const response = z.looseObject({
  type: z.literal('response'),
  id: words,
  command: words,
  success: z.boolean(),
  data: z.unknown().optional(),
  error: words,
});

const toolCall = { toolCallId: z.string(), toolName: z.string(), parentToolCallId: words };

const uiRequest = z.looseObject({
  type: z.literal('extension_ui_request'),
  id: z.string(),
  method: z.string(),
  title: words,
  message: words,
  options: z.array(z.string()).nullish(),
  notifyType: words,
  timeout: figure,
});

const record = z.discriminatedUnion('type', [
  response,
  z.looseObject({ type: z.literal('agent_start') }),
  z.looseObject({ type: z.literal('agent_settled'), aborted: z.boolean().nullish() }),
  z.looseObject({ type: z.literal('message_start'), message }),
  z.looseObject({ type: z.literal('message_update'), assistantMessageEvent: messageChange }),
  z.looseObject({ type: z.literal('message_end'), message }),
  z.looseObject({ type: z.literal('tool_execution_start'), ...toolCall, args: anyObject.catch({}) }),
  z.looseObject({ type: z.literal('tool_execution_update'), ...toolCall, partialResult: toolOutput }),
  z.looseObject({
    type: z.literal('tool_execution_end'),
    ...toolCall,
    result: toolOutput,
    isError: z.boolean().nullish(),
  }),
  z.looseObject({
    type: z.literal('auto_retry_start'),
    attempt: z.number(),
    maxAttempts: z.number(),
    delayMs: z.number(),
    errorMessage: words,
  }),
  z.looseObject({ type: z.literal('compaction_start'), reason: words }),
  z.looseObject({
    type: z.literal('compaction_end'),
    reason: words,
    result: z
      .looseObject({ tokensBefore: figure, estimatedTokensAfter: figure, usage: usage.nullish() })
      .nullish(),
    aborted: z.boolean().nullish(),
    errorMessage: words,
  }),
  z.looseObject({ type: z.literal('thinking_level_changed'), level: z.string() }),
  z.looseObject({ type: z.literal('session_info_changed'), name: words }),
  z.looseObject({ type: z.literal('extension_error'), event: words, error: words }),
  uiRequest,
  // Known, and said by another record too or of no interest to anybody but Pi's own screen.
  z.looseObject({ type: z.literal('agent_end') }),
  z.looseObject({ type: z.literal('turn_start') }),
  z.looseObject({ type: z.literal('turn_end') }),
  z.looseObject({ type: z.literal('auto_retry_end') }),
  z.looseObject({ type: z.literal('queue_update') }),
  z.looseObject({ type: z.literal('entry_appended') }),
  z.looseObject({ type: z.literal('bash_execution_update') }),
  z.looseObject({ type: z.literal('summarization_retry_scheduled') }),
  z.looseObject({ type: z.literal('summarization_retry_attempt_start') }),
  z.looseObject({ type: z.literal('summarization_retry_finished') }),
]);

/** A line we know, or one to be passed on as it is. */
export type PiRecord = z.infer<typeof record> | { type: 'unknown'; kind: string; raw: unknown };
/** One kind of record, e.g. `RecordOf<'agent_settled'>`. */
export type RecordOf<T extends PiRecord['type']> = Extract<PiRecord, { type: T }>;

/** Of a line that is not understood this many characters are passed on: it is stored, and sent to every client. */
const excerptLength = 16_384;

/** Reads one line of stdout. Never throws: what is not understood comes back as `unknown`. */
export function decodeRecord(line: string): PiRecord {
  let raw: unknown;
  try {
    raw = JSON.parse(line);
  } catch {
    return { type: 'unknown', kind: 'pi.text', raw: line.slice(0, excerptLength) };
  }
  const known = record.safeParse(raw);
  if (known.success) return known.data;
  const shown = line.length > excerptLength ? line.slice(0, excerptLength) : raw;
  return { type: 'unknown', kind: kindOf(raw), raw: shown };
}

const named = z.looseObject({ type: z.string() });

function kindOf(raw: unknown): string {
  const name = named.safeParse(raw);
  return name.success ? `pi.${name.data.type}` : 'pi.unknown';
}
