import { toErrorWords } from './error-words.ts';
import type { Texts } from './texts/en.ts';

/** Where a refused new session is to be corrected. */
export type CreationProblem = {
  field: (typeof fields)[number] | undefined;
  message: string;
};

const fields = ['work_dir', 'model', 'permission_mode', 'worker_type', 'isolation'] as const;

/** Finds the field a refusal is about: named in `details`, or else in the message. The page's name of it comes first. */
export function toCreationProblem(error: unknown, { newSession, isolation, errors }: Texts): CreationProblem {
  const words = toErrorWords(error, errors);
  const message = words.detail ?? words.message;
  const details: unknown =
    typeof error === 'object' && error !== null && 'details' in error ? error.details : undefined;
  const known = newSession.workDirProblems[problemIn(details)];
  const said = `${JSON.stringify(details ?? '')} ${message}`;
  const labels = {
    work_dir: newSession.workDir,
    model: newSession.model,
    permission_mode: newSession.mode,
    worker_type: newSession.agent,
    isolation: isolation.label,
  };
  const field = fields.find((name) => said.includes(name));
  return {
    field,
    message:
      field === undefined
        ? [words.message, words.detail].filter((part) => part !== undefined).join(' ')
        : newSession.refused(labels[field], known ?? message.replace(`config.${field} `, '')),
  };
}

function problemIn(details: unknown): string {
  const named = typeof details === 'object' && details !== null && 'problem' in details;
  return named ? String(details.problem) : '';
}
