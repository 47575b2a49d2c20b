import fc from 'fast-check';
import { expect, test } from 'vitest';
import { snippetOf } from '../../src/http/snippet.ts';

const marked = ({ snippet, highlights }: ReturnType<typeof snippetOf>) =>
  highlights.map(([start, length]) => snippet.slice(start, start + length));

test('a short text is shown whole, each word marked where it is', () => {
  const shown = snippetOf('A needle, a Needle and thread', 'needle THREAD');
  expect(shown.snippet).toBe('A needle, a Needle and thread');
  expect(marked(shown)).toEqual(['needle', 'Needle', 'thread']);
});

test('a long text is cut around the first word', () => {
  const shown = snippetOf(`${'before '.repeat(100)}needle${' after'.repeat(100)}`, 'needle');
  expect(shown.snippet).toMatch(/^….*needle.*…$/);
  expect(shown.snippet.length).toBeLessThan(250);
  expect(marked(shown)).toEqual(['needle']);
});

test('words in each other are marked once', () => {
  expect(marked(snippetOf('部署失败', '部署 部署失败 署'))).toEqual(['部署失败']);
});

test('whatever the text, no character is cut in two and every mark is a word', () => {
  const seed = Number(process.env.HOTPLEX_TEST_SEED ?? Date.now() % 2 ** 31);
  console.info(`HOTPLEX_TEST_SEED=${seed}`);
  const text = fc.string({ unit: fc.constantFrom('a', 'B', 'İ', '部', '👋', ' '), maxLength: 600 });
  fc.assert(
    fc.property(
      text,
      fc.string({ unit: fc.constantFrom('a', 'b', '部', '👋'), minLength: 1, maxLength: 2 }),
      (said, word) => {
        const shown = snippetOf(said, word);
        expect(shown.snippet.isWellFormed()).toBe(true);
        for (const mark of marked(shown)) expect(mark.toLowerCase()).toBe(word);
      },
    ),
    { seed, numRuns: 500 },
  );
});
