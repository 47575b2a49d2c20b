import type { Language } from '../texts/language.ts';

/** A moment for a table: date and time to the second, in the clock of the reader. */
export function formatTime(iso: string, language: Language): string {
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB';
  return new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'medium' }).format(new Date(iso));
}
