import type { Texts } from './texts/en.ts';

export type ErrorWords = {
  code: string | undefined;
  /** What happened, in the language of the page where its code is known. */
  message: string;
  /** The words it came with, unless they are the message. */
  detail: string | undefined;
  remedy: string | undefined;
};

/** What to tell a person about something that was thrown: what happened, in whose words, its code, and what to do. */
export function toErrorWords(error: unknown, texts: Texts['errors']): ErrorWords {
  const nothing = { code: undefined, detail: undefined, remedy: undefined };
  if (typeof error !== 'object' || error === null) return { ...nothing, message: texts.unknown };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const told = 'message' in error && typeof error.message === 'string' ? error.message : '';
  const unloaded = 'name' in error && error.name === 'ChunkLoadError';
  if (unloaded || (error instanceof TypeError && /fetch|network|load failed/i.test(told))) {
    return { ...nothing, message: texts.network };
  }
  const known = code === undefined ? undefined : texts.messages[code];
  return {
    code,
    message: known ?? (told || texts.unknown),
    detail: known === undefined || told === '' ? undefined : told,
    remedy: code === undefined ? undefined : texts.remedies[code],
  };
}
