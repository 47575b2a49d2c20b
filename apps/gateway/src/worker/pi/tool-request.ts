import * as z from 'zod';
import type { RecordOf } from './messages.ts';

/** What our extension in Pi asks, as the title of a dialog. */
const toolRequest = z.discriminatedUnion('kind', [
  z.looseObject({
    kind: z.literal('permission'),
    toolCallId: z.string(),
    tool: z.string(),
    input: z.record(z.string(), z.unknown()),
    /** The path of the call, if it has one, lies in the work dir. */
    inside: z.boolean().optional(),
  }),
  z.looseObject({
    kind: z.literal('question'),
    toolCallId: z.string(),
    questions: z.array(
      z.looseObject({
        question: z.string(),
        header: z.string().optional(),
        options: z.array(z.looseObject({ label: z.string(), description: z.string().optional() })).optional(),
        multi_select: z.boolean().optional(),
      }),
    ),
  }),
]);
export type ToolRequest = z.infer<typeof toolRequest>;
export type PermissionAsk = Extract<ToolRequest, { kind: 'permission' }>;
export type QuestionAsk = Extract<ToolRequest, { kind: 'question' }>;

/** What a dialog of our extension asks; undefined for the dialogs of others. */
export function toToolRequest({
  method,
  title,
}: Pick<RecordOf<'extension_ui_request'>, 'method' | 'title'>): ToolRequest | undefined {
  if (method !== 'select' || !title?.startsWith('{')) return undefined;
  try {
    return toolRequest.safeParse(JSON.parse(title)).data;
  } catch {
    return undefined;
  }
}
