import * as z from 'zod';

const text = z.string().optional().catch(undefined);
const question = z.object({
  question: z.string(),
  options: z.array(z.object({ label: z.string(), description: text })),
  multi_select: z.boolean().optional().catch(undefined),
});

/** What an agent asks, as far as its page shows it. */
const asked = z.object({
  tool_name: text,
  description: text,
  input_raw: z.unknown().optional(),
  options: z
    .array(z.object({ id: z.string(), kind: z.string() }))
    .optional()
    .catch(undefined),
  policy: z
    .object({ reason: text, command: text, cwd: text, targets: z.array(z.string()).optional() })
    .optional(),
  questions: z.array(question).optional(),
});

export type Asked = z.infer<typeof asked>;
export type AskedQuestion = z.infer<typeof question>;

/** The request of an interaction, read. */
export const readAsked = (request: Record<string, unknown>): Asked => asked.parse(request);

/** How it is allowed this once; undefined where an agent offers only more than that. */
export function allowedOnce({ options = [] }: Asked): { optionId?: string } | undefined {
  const once = options.find(({ kind }) => kind === 'allow_once');
  if (once) return { optionId: once.id };
  return options.some(({ kind }) => kind === 'allow_always') ? undefined : {};
}

/** What is called, if the policy made nothing of it: its input. */
export function commandOf({ input_raw: input, policy }: Asked): string | undefined {
  return policy?.command ?? (input === undefined ? undefined : JSON.stringify(input, null, 2));
}
