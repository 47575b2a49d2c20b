import { z } from 'zod';
import type { Dialogue } from './dialogue.ts';
import { plainLine } from './plain-text.ts';

/** A field of a form, as MCP servers may ask for it: primitive values only (MCP, elicitation). */
const field = z.looseObject({
  type: z.enum(['string', 'number', 'integer', 'boolean']).catch('string'),
  title: z.string().optional(),
  description: z.string().optional(),
  enum: z.array(z.string()).optional(),
  default: z.union([z.string(), z.number(), z.boolean()]).optional(),
});
type Field = z.infer<typeof field>;

const form = z.looseObject({
  properties: z.record(z.string(), field).default({}),
  required: z.array(z.string()).default([]),
});

type Asking = { dialogue: Dialogue; signal: AbortSignal };

/** Has a person fill in a form; undefined if he would rather not. */
export async function answerForm(
  schema: unknown,
  { dialogue, signal }: Asking,
): Promise<Record<string, unknown> | undefined> {
  const { properties, required } = form.parse(schema ?? {});
  if ((await dialogue.choose('  [a]nswer   [d]ecline ', ['a', 'd'], signal)) === 'd') return undefined;
  const content: Record<string, unknown> = {};
  for (const [name, described] of Object.entries(properties)) {
    const isNeeded = required.includes(name);
    for (;;) {
      const line = (await dialogue.ask(`  ${questionOf(name, described, isNeeded)} `, signal)).trim();
      const value = line === '' ? described.default : readValue(line, described);
      if (value === undefined && (isNeeded || line !== '')) {
        dialogue.say(
          `  That is no ${described.enum ? plainLine(described.enum.join(' or ')) : described.type}.`,
        );
        continue;
      }
      if (value !== undefined) content[name] = value;
      break;
    }
  }
  return content;
}

function questionOf(
  name: string,
  { title, description, enum: values, default: preset }: Field,
  needed: boolean,
): string {
  const hints = [
    ...(description === undefined ? [] : [description]),
    ...(values ? [values.join(' | ')] : []),
    ...(preset === undefined ? [] : [`Enter for ${preset}`]),
    ...(needed || preset !== undefined ? [] : ['Enter for nothing']),
  ];
  return plainLine(`${title ?? name}${hints.length > 0 ? ` (${hints.join('; ')})` : ''}:`, 300);
}

/** What somebody wrote, as a value of the field; undefined if it is none. */
export function readValue(
  line: string,
  { type, enum: values }: Field,
): string | number | boolean | undefined {
  if (values) return values.includes(line) ? line : undefined;
  if (type === 'string') return line;
  if (type === 'boolean') {
    if (/^(y|yes|true)$/i.test(line)) return true;
    return /^(n|no|false)$/i.test(line) ? false : undefined;
  }
  const number = Number(line);
  return Number.isFinite(number) && (type === 'number' || Number.isInteger(number)) ? number : undefined;
}
