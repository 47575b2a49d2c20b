import { codeLanguage } from './markdown/code-languages.ts';

/** Ends of names that are not called as their language is. */
const ends: Readonly<Record<string, string>> = {
  ...{ mjs: 'javascript', cjs: 'javascript', mts: 'typescript', cts: 'typescript', jsonl: 'json' },
  ...{ h: 'c', cc: 'cpp', cxx: 'cpp', hh: 'cpp', hpp: 'cpp', htm: 'html', svg: 'html', markdown: 'markdown' },
};

/** Our name of the language that a file is written in, by its name; undefined if it is not coloured. */
export function codeLanguageOf(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (name === 'dockerfile' || name.startsWith('dockerfile.')) return 'docker';
  const end = name.slice(name.lastIndexOf('.') + 1);
  if (end === name) return undefined;
  return ends[end] ?? codeLanguage(end);
}
