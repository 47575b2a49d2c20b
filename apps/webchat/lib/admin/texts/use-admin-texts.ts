'use client';
import type { Language } from '../../texts/language.ts';
import { useLanguage } from '../../texts/use-texts.ts';
import { type AdminTexts, enAdmin } from './en.ts';
import { zhAdmin } from './zh.ts';

const texts: Record<Language, AdminTexts> = { en: enAdmin, zh: zhAdmin };

/** The words of the pages for operators in the language of the page. */
export function useAdminTexts(): AdminTexts {
  return texts[useLanguage()];
}
