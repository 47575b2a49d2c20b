/** Where a refused new session is to be corrected. */
export type CreationProblem = {
  field: 'work_dir' | 'model' | 'permission_mode' | 'worker_type' | undefined;
  message: string;
};

const fields = ['work_dir', 'model', 'permission_mode', 'worker_type'] as const;

/** Finds the field a refusal is about: named in `details`, or else in the message. */
export function toCreationProblem(error: unknown, fallback: string): CreationProblem {
  const message = error instanceof Error && error.message !== '' ? error.message : fallback;
  const details =
    typeof error === 'object' && error !== null && 'details' in error ? error.details : undefined;
  const words = `${JSON.stringify(details ?? '')} ${message}`;
  return { field: fields.find((field) => words.includes(field)), message };
}
