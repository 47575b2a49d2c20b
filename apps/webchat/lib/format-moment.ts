import type { Language } from './texts/language.ts';

/** A date and the time of day, as they are written in the language of the page. */
export function formatMoment(time: string, language: Language): string {
  return new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(new Date(time));
}
