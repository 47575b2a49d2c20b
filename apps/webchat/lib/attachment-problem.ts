import { toErrorWords } from './error-words.ts';
import type { Texts } from './texts/en.ts';

/** Why a file was not taken: in the language of the page, where the gateway gives a reason that the page knows. */
export function attachmentProblem(error: unknown, texts: Pick<Texts, 'attachments' | 'errors'>): string {
  const { details } = (error ?? {}) as { details?: { reason?: unknown } };
  const known = texts.attachments.reasons[String(details?.reason)];
  return known ?? toErrorWords(error, texts.errors).message;
}
