import type { Language } from '../texts/language.ts';

/** A moment for a table: date and time to the second, in the clock of the reader. */
export function formatTime(iso: string, language: Language): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'medium' }).format(new Date(iso));
}
