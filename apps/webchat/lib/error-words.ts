import type { Texts } from './texts/en.ts';

export type ErrorWords = { code: string | undefined; message: string; remedy: string | undefined };

/** What to tell a person about something that was thrown: its message, its code, and what to do. */
export function toErrorWords(error: unknown, texts: Texts['errors']): ErrorWords {
  if (typeof error !== 'object' || error === null) {
    return { code: undefined, message: texts.unknown, remedy: undefined };
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const message = 'message' in error && typeof error.message === 'string' ? error.message : '';
  const isNetwork = error instanceof TypeError && /fetch|network|load failed/i.test(message);
  return {
    code,
    message: isNetwork ? texts.network : message || texts.unknown,
    remedy: code === undefined ? undefined : texts.remedies[code],
  };
}
