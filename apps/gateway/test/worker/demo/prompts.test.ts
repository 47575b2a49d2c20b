import { describe, expect, test } from 'vitest';
import { findScript } from '../../../src/worker/demo/agent/find-script.ts';
import { scripts } from '../../../src/worker/demo/agent/scripts.ts';
import { toTitle } from '../../../src/worker/demo/agent/title.ts';

describe('the script of a prompt', () => {
  test.each([
    ['markdown', 'markdown', ''],
    ['/tool', 'tool', ''],
    ['Show me a PLAN, please', 'plan', ', please'],
    ['flood 5000', 'flood', '5000'],
    ['remember that slow tea is good', 'remember', 'that slow tea is good'],
    ['“recall”', 'recall', '”'],
  ])('%j is %s', (prompt, keyword, rest) => {
    const found = findScript(scripts, prompt);
    expect(found?.script.keyword).toBe(keyword);
    expect(found?.rest).toBe(rest);
  });

  test.each(['', 'planning', 'constructor', 'think-tank', '日本語'])('%j has none', (prompt) => {
    expect(findScript(scripts, prompt)).toBeUndefined();
  });

  test('every keyword finds its own', () => {
    expect(scripts.map(({ keyword }) => findScript(scripts, keyword)?.script.keyword)).toEqual(
      scripts.map(({ keyword }) => keyword),
    );
    expect(new Set(scripts.map(({ keyword }) => keyword)).size).toBe(scripts.length);
  });
});

test('a title is the prompt on one line, cut where it is long', () => {
  expect(toTitle(' show\n me  tea ')).toBe('show me tea');
  expect(toTitle('tea '.repeat(30))).toBe(`${'tea '.repeat(11)}tea…`);
});
