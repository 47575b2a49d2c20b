import * as z from 'zod';
import type { Verdict } from '../policy/policy.ts';
import { parseQuestion, type Question } from './policy-question.ts';

/** Answers one question for each line, in order, as a line of JSON; a line that is none is told and passed over. */
export async function* answerLines(
  lines: AsyncIterable<string>,
  judge: (question: Question) => Promise<Verdict>,
): AsyncGenerator<string> {
  let number = 0;
  for await (const line of lines) {
    number += 1;
    yield `${JSON.stringify(await answer(line, judge).catch((error) => ({ error: explain(error), line: number })))}\n`;
  }
}

async function answer(line: string, judge: (question: Question) => Promise<Verdict>) {
  const { decision, rule, reason } = await judge(parseQuestion(line));
  return { decision, rule, reason };
}

function explain(error: unknown): string {
  if (error instanceof z.ZodError)
    return error.issues.map(({ path, message }) => [...path.map(String), message].join(': ')).join('; ');
  if (error instanceof SyntaxError) return 'this line is not JSON';
  throw error;
}
