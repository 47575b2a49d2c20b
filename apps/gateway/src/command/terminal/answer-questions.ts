import type { ServerData } from '@hotplex/aep-protocol';
import type { Dialogue } from './dialogue.ts';
import { plainLine, plainText } from './plain-text.ts';

type Question = ServerData<'question_request'>['questions'][number];
type Asking = { dialogue: Dialogue; signal: AbortSignal };

/** Has a person answer an agent's questions: by the number of an option, by several, or in other words. */
export async function answerQuestions(
  questions: readonly Question[],
  { dialogue, signal }: Asking,
): Promise<Record<string, string | string[]>> {
  const answers: Record<string, string | string[]> = {};
  for (const question of questions) {
    const { options, multi_select: several = false } = question;
    dialogue.say(`\n? ${plainText(question.question)}\n${options.map(toLine).join('\n')}`);
    const how = several ? 'numbers, such as 1,3, or other words' : 'a number, or other words';
    answers[question.question] = chosen(await dialogue.ask(`  (${how}) `, signal), question);
  }
  return answers;
}

const toLine = ({ label, description }: Question['options'][number], at: number) =>
  `  ${at + 1}. ${plainLine(label)}${description === undefined ? '' : ` – ${plainLine(description)}`}`;

/** What somebody wrote, as the labels that he meant; what names no option is an answer in his own words. */
export function chosen(
  line: string,
  { options, multi_select: several = false }: Question,
): string | string[] {
  const parts = several ? line.split(',').map((part) => part.trim()) : [line.trim()];
  const labels = parts
    .filter((part) => part !== '')
    .map((part) => (/^\d+$/.test(part) ? options[Number(part) - 1]?.label : undefined) ?? part);
  return several ? labels : (labels[0] ?? '');
}
