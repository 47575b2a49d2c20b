import * as z from 'zod';

const words = z.string().nullish();
const flag = z.boolean().nullish();

/**
 * A line of the file that Claude Code keeps of a conversation (observed with 2.1.330). Its messages have the form of
 * those on stdout; what stands beside them is written another way.
 */
export const transcriptRecord = z.looseObject({
  type: z.string(),
  uuid: words,
  parentUuid: words,
  /** What a compacted conversation goes on from. */
  logicalParentUuid: words,
  timestamp: words,
  /** `cli`: a person at a terminal; programs say `sdk-…`. */
  entrypoint: words,
  cwd: words,
  isSidechain: flag,
  isMeta: flag,
  isCompactSummary: flag,
  isApiErrorMessage: flag,
  toolUseResult: z.unknown().optional(),
  message: z.unknown().optional(),
});
export type TranscriptRecord = z.infer<typeof transcriptRecord>;

const prompt = z.looseObject({ content: z.union([z.string(), z.array(z.unknown())]) });

const command = /<command-name>([^<]*)<\/command-name>/;
const commandArguments = /<command-args>([^<]*)<\/command-args>/;

/** What a person typed; undefined if the record is something else, such as the result of a tool or the CLI's own words. */
export function toPrompt(record: TranscriptRecord): string | undefined {
  if (record.type !== 'user' || record.isMeta || record.isCompactSummary || record.isSidechain)
    return undefined;
  const parsed = prompt.safeParse(record.message);
  if (!parsed.success) return undefined;
  const text = textOf(parsed.data.content);
  const name = command.exec(text)?.[1];
  if (name !== undefined) return `${name} ${commandArguments.exec(text)?.[1] ?? ''}`.trim();
  if (text.trim() === '' || text.startsWith('<local-command-')) return undefined;
  return text;
}

const textBlock = z.looseObject({ type: z.literal('text'), text: z.string() });

function textOf(content: z.infer<typeof prompt>['content']): string {
  if (typeof content === 'string') return content;
  return content.flatMap((block) => textBlock.safeParse(block).data?.text ?? []).join('\n');
}
