import * as z from 'zod';
import { gateCheck } from '../opencode/gate-check.ts';
import { openCodeError, tokens, toolPart } from '../opencode/tool-state.ts';

/**
 * What `opencode run --format json` writes on stdout, one JSON object per line (observed with 1.18.33). A part is told
 * when it is finished and not before. All schemas are loose and name only what we read.
 */

const ofSession = { sessionID: z.string(), timestamp: z.number().nullish() };
const textPart = z.looseObject({ id: z.string(), text: z.string() });

const known = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('step_start'), ...ofSession }),
  z.looseObject({ type: z.literal('text'), ...ofSession, part: textPart }),
  z.looseObject({ type: z.literal('reasoning'), ...ofSession, part: textPart }),
  z.looseObject({ type: z.literal('tool_use'), ...ofSession, part: toolPart }),
  z.looseObject({
    type: z.literal('step_finish'),
    ...ofSession,
    part: z.looseObject({
      reason: z.string().nullish(),
      cost: z.number().nullish(),
      tokens: tokens.nullish(),
    }),
  }),
  z.looseObject({ type: z.literal('error'), sessionID: z.string().nullish(), error: openCodeError }),
  gateCheck,
]);

/** A line we know, or one to be passed on as it is. */
export type CliLine = z.infer<typeof known> | { type: 'unknown'; kind: string; raw: string };

/** Characters of a line that is not understood which are passed on. */
const longestRaw = 1_000;

/** Reads one line of stdout. Never throws: what is not understood comes back as `unknown`. */
export function decodeLine(line: string): CliLine {
  const unknown = (kind: string): CliLine => ({ type: 'unknown', kind, raw: line.slice(0, longestRaw) });
  try {
    const parsed = known.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : unknown('opencode.unknown');
  } catch {
    return unknown('opencode.text');
  }
}
