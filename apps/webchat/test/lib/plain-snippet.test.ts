import { expect, test } from 'vitest';
import { plainSnippet } from '../../lib/plain-snippet.ts';

test.each([
  ['## Use **bold** and `code`', ['bold', 'code'], 'Use bold and code'],
  ['> a **two `words`** b', ['two `words'], 'a two words b'],
  ['snake_case and 2 * 3 # 4', ['2 * 3'], 'snake_case and 2 * 3 # 4'],
  ['**', ['**'], ''],
])('"%s" is shown without marks, its places where they were', (markdown, words, plain) => {
  const places = words.map((word) => [markdown.indexOf(word), word.length] as const);
  const shown = plainSnippet(markdown, places);
  expect(shown.text).toBe(plain);
  expect(shown.places.map(([start, length]) => shown.text.slice(start, start + length))).toEqual(
    words.map((word) => word.replace(/[*`]/g, (mark) => (plain.includes(mark) ? mark : ''))).filter(Boolean),
  );
});
