'use client';
import { useSyncExternalStore } from 'react';
import { createObservable } from '../observable.ts';
import { readStored, writeStored } from '../stored.ts';
import { en, type Texts } from './en.ts';
import { chooseLanguage, type Language } from './language.ts';
import { zh } from './zh.ts';

const storageKey = 'hotplex.language';
const texts: Record<Language, Texts> = { en, zh };
const chosen = createObservable<Language | undefined>(undefined);

function current(): Language {
  const language = chosen.get();
  if (language) return language;
  const stored = readStored(storageKey);
  return chooseLanguage(stored ? [stored] : navigator.languages);
}

export function setLanguage(language: Language): void {
  writeStored(storageKey, language);
  chosen.set(language);
}

/** The language of the page: the one chosen here before, else the browser's. English while prerendering. */
export function useLanguage(): Language {
  return useSyncExternalStore(chosen.subscribe, current, () => 'en');
}

/** The words of the page in its language. */
export function useTexts(): Texts {
  return texts[useLanguage()];
}
