import * as z from 'zod';
import { message, toolOutput } from './content.ts';

const words = z.string().nullish();

const call = z.looseObject({
  type: z.literal('toolCall'),
  id: z.string(),
  name: z.string(),
  arguments: z.record(z.string(), z.unknown()).catch({}),
});

const said = z.looseObject({ role: z.literal('assistant'), content: z.array(z.unknown()) });
const result = toolOutput.extend({
  role: z.literal('toolResult'),
  toolCallId: z.string(),
  isError: z.boolean().nullish(),
});

/** A line of the file that Pi keeps of a conversation (version 3 of its format, observed with 1.5.2): a tree of entries. */
export const transcriptEntry = z.looseObject({
  type: z.string(),
  id: words,
  parentId: words,
  timestamp: words,
  /** Of the first line: where the conversation is at home. */
  cwd: words,
  message: z.unknown().optional(),
});
export type TranscriptEntry = z.infer<typeof transcriptEntry>;

/** What the agent or the user says in it. */
export const messageOf = (entry: TranscriptEntry) => message.parse(entry.message);

/** The tools that it calls. */
export function callsOf(entry: TranscriptEntry): z.infer<typeof call>[] {
  const parsed = said.safeParse(entry.message);
  return parsed.success ? parsed.data.content.flatMap((block) => call.safeParse(block).data ?? []) : [];
}

/** The result of a tool; undefined if it is something else. */
export const resultOf = (entry: TranscriptEntry) => result.safeParse(entry.message).data;

/** What a person typed; undefined if it is something else. */
export function promptOf(entry: TranscriptEntry): string | undefined {
  if (entry.type !== 'message') return undefined;
  const found = messageOf(entry);
  if (found.role !== 'user') return undefined;
  const { content } = found;
  const text =
    typeof content === 'string'
      ? content
      : content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n');
  return text.trim() === '' ? undefined : text;
}
