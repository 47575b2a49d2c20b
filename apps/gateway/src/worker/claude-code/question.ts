import * as z from 'zod';
import type { WorkerEvent } from '../worker.ts';

type Questions = Extract<WorkerEvent, { type: 'question_request' }>['data']['questions'];

const questionInput = z.looseObject({
  questions: z.array(
    z.looseObject({
      question: z.string(),
      header: z.string().optional(),
      multiSelect: z.boolean().optional(),
      options: z.array(
        z.looseObject({
          label: z.string(),
          description: z.string().optional(),
          preview: z.string().optional(),
        }),
      ),
    }),
  ),
});

/** The questions of an AskUserQuestion call; undefined if they have another shape than we know. */
export function toQuestions(input: Record<string, unknown>): Questions | undefined {
  const parsed = questionInput.safeParse(input);
  if (!parsed.success) return undefined;
  return parsed.data.questions.map(({ question, header, multiSelect, options }) => ({
    question,
    header,
    multi_select: multiSelect,
    options: options.map(({ label, description, preview }) => ({ label, description, preview })),
  }));
}

/** The input the tool goes on with. NOTE: the questions must be sent back with the answers. */
export function toAnsweredQuestions(
  input: Record<string, unknown>,
  answers: Record<string, string | string[]>,
): Record<string, unknown> {
  const joined = Object.entries(answers).map(([question, answer]) => [
    question,
    Array.isArray(answer) ? answer.join(', ') : answer,
  ]);
  return { ...input, answers: Object.fromEntries(joined) };
}
