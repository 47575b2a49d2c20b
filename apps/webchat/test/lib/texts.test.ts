import { expect, test } from 'vitest';
import { enAdmin } from '../../lib/admin/texts/en.ts';
import { zhAdmin } from '../../lib/admin/texts/zh.ts';
import { en } from '../../lib/texts/en.ts';
import { chooseLanguage } from '../../lib/texts/language.ts';
import { zh } from '../../lib/texts/zh.ts';

type Entry = { path: string; words: string };

function entries(value: unknown, path: string): Entry[] {
  if (typeof value === 'string') return [{ path, words: value }];
  if (typeof value === 'function') return [{ path, words: String(value('2', '3')) }];
  return Object.entries(value as object).flatMap(([key, inner]) => entries(inner, `${path}.${key}`));
}

const [english, chinese] = [
  [...entries(en, ''), ...entries(enAdmin, '.admin')],
  [...entries(zh, ''), ...entries(zhAdmin, '.admin')],
];

test('both languages have the same texts, none of them empty', () => {
  expect(chinese.map(({ path }) => path)).toEqual(english.map(({ path }) => path));
  expect([...english, ...chinese].filter(({ words }) => words.trim() === '')).toEqual([]);
});

const wordless = [
  '.appName',
  '.labelled',
  '.aside',
  '.newSession.agentTitle',
  '.errors.join',
  '.admin.costs.bar',
];

test('every Chinese text is Chinese, but for the name and what has no words', () => {
  const foreign = chinese.filter(
    ({ path, words }) => !wordless.includes(path) && !/\p{Script=Han}/u.test(words),
  );
  expect(foreign).toEqual([]);
});

test('what is said beside words stands in brackets as each language writes them', () => {
  expect([en.aside('words', 2), zh.aside('词', 2)]).toEqual(['words (2)', '词（2）']);
});

test('the page speaks the first wished-for language it knows', () => {
  expect(chooseLanguage(['fr-FR', 'zh-Hans-CN', 'en'])).toBe('zh');
  expect(chooseLanguage(['en-GB', 'zh'])).toBe('en');
  expect(chooseLanguage(['fr'])).toBe('en');
});
