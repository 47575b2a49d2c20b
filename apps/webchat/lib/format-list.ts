import type { Language } from './texts/language.ts';

/** Several things in a row, as they are listed in the language of the page. */
export function formatList(items: readonly string[], language: Language): string {
  return new Intl.ListFormat(language === 'zh' ? 'zh-CN' : 'en-GB').format(items);
}
