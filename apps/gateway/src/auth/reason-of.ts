import { z } from 'zod';

/** Why something could not be read, in the middle of a sentence; nothing of its content is in it. */
export function reasonOf(cause: unknown): string {
  if (cause instanceof z.ZodError) {
    const [issue] = cause.issues;
    return `${issue?.path.join('.')}: ${issue?.message}`;
  }
  return cause instanceof Error ? cause.message : String(cause);
}
