import { detailsOf, toErrorWords } from './error-words.ts';
import type { Texts } from './texts/en.ts';
import type { SomeTexts } from './texts/error-texts.ts';

/** Where a refused new session is to be corrected. */
export type CreationProblem = {
  field: Field | undefined;
  message: string;
};

const fields = ['work_dir', 'model', 'permission_mode', 'worker_type', 'isolation'] as const;
type Field = (typeof fields)[number];

/** Finds the field a refusal is about: named in `details`, or else in the message. The page's name of it comes first. */
export function toCreationProblem(error: unknown, texts: Texts): CreationProblem {
  const { newSession, isolation, errors } = texts;
  const words = toErrorWords(error, errors);
  const told = words.detail ?? words.message;
  const { problem } = detailsOf(error);
  const said = `${JSON.stringify(detailsOf(error))} ${told}`;
  const labels = {
    work_dir: newSession.workDir,
    model: newSession.model,
    permission_mode: newSession.mode,
    worker_type: newSession.agent,
    isolation: isolation.label,
  };
  const field = fields.find((name) => said.includes(name));
  if (field !== undefined) {
    const plain = told.replace(`config.${field} `, '');
    const why = problemAt(field, { problem, plain }, texts) ?? newSession.refusedAs(plain);
    return { field, message: newSession.refused(labels[field], why) };
  }
  const { message, detail } = words;
  return { field, message: detail === undefined ? message : errors.withDetail(message, detail) };
}

/** The problem in the words of the page, where the gateway gives it a code that the page knows. */
function problemAt(
  field: Field,
  { problem, plain }: { problem: unknown; plain: string },
  { newSession, isolation }: Texts,
): string | undefined {
  if (field === 'work_dir') return newSession.workDirProblems[String(problem)];
  const problems: SomeTexts = isolation.problems;
  const known = field === 'isolation' ? problems[String(problem)] : undefined;
  return known === undefined ? undefined : newSession.isolationIs(known, plain);
}
