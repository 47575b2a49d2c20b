import { GatewayError } from '../ground/gateway-error.ts';
import type { AskedQuestion } from './asked.ts';

/**
 * What was chosen, by number, in the words of the questions. Only what is offered can be said. Throws INVALID_MESSAGE if
 * a question has no answer.
 */
export function toAnswers(
  questions: readonly AskedQuestion[],
  choices: readonly (readonly string[])[],
): Record<string, string | string[]> {
  return Object.fromEntries(
    questions.map(({ question, options, multi_select: isMany }, at) => {
      const labels = (choices[at] ?? []).flatMap((number) => options[Number(number)]?.label ?? []);
      const [first] = labels;
      if (first === undefined) throw new GatewayError('INVALID_MESSAGE', 'choose an answer to each question');
      return [question, isMany ? labels : first];
    }),
  );
}
