import { toErrorWords } from './error-words.ts';
import type { Texts } from './texts/en.ts';

/** Where a refused new session is to be corrected. */
export type CreationProblem = {
  field: 'work_dir' | 'model' | 'permission_mode' | 'worker_type' | undefined;
  message: string;
};

const fields = ['work_dir', 'model', 'permission_mode', 'worker_type'] as const;

/** Finds the field a refusal is about: named in `details`, or else in the message, where the page's name of it takes its place. */
export function toCreationProblem(error: unknown, { newSession, errors }: Texts): CreationProblem {
  const { message } = toErrorWords(error, errors);
  const details =
    typeof error === 'object' && error !== null && 'details' in error ? error.details : undefined;
  const words = `${JSON.stringify(details ?? '')} ${message}`;
  const labels = {
    work_dir: newSession.workDir,
    model: newSession.model,
    permission_mode: newSession.mode,
    worker_type: newSession.agent,
  };
  const field = fields.find((name) => words.includes(name));
  return {
    field,
    message: field === undefined ? message : message.replace(`config.${field}`, labels[field]),
  };
}
