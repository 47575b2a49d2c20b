import fc from 'fast-check';
import type { HighlightResult } from 'streamdown';
import { expect, test } from 'vitest';
import { type CodeRequest, createCodeColours } from '../../lib/markdown/code-colours.ts';
import { createCodePlugin } from '../../lib/markdown/code-plugin.ts';

const code = `/** Over two
 * lines. */
export function greet(name: string): string {
  return \`Hello,
    \${name}!\`;
}

const tea = 'green'; // enough`;

const colour = createCodeColours();

/** A plugin, what it asked for, and its answer once all that is on its way has come. */
function watchedPlugin() {
  const asked: CodeRequest[] = [];
  const pauses: (() => void)[] = [];
  const answers: Promise<unknown>[] = [];
  const plugin = createCodePlugin({
    colour: (request) => {
      asked.push(request);
      const answer = colour(request);
      answers.push(answer);
      return answer;
    },
    afterPause: (call) => pauses.push(call),
  });
  const highlight = async (text: string, isIncomplete: boolean) => {
    const results: HighlightResult[] = [];
    const [light, dark] = plugin.getThemes();
    const now = plugin.highlight(
      { code: text, language: 'typescript', themes: [light, dark], isIncomplete },
      (result) => results.push(result),
    );
    await Promise.all(answers);
    return { now, later: results };
  };
  return { asked, pauses, highlight };
}

const words = ({ tokens }: HighlightResult) =>
  tokens.map((line) => line.map(({ content }) => content).join('')).join('\n');

test('code that comes bit by bit has the colours that it has at once', async () => {
  const whole = await colour({ language: 'typescript', before: '', code });
  const cuts = fc.uniqueArray(fc.integer({ min: 1, max: code.length - 1 }), { maxLength: 8 });
  const property = fc.asyncProperty(cuts, async (places) => {
    const { highlight } = watchedPlugin();
    for (const place of places.toSorted((a, b) => a - b)) await highlight(code.slice(0, place), true);
    const { now, later } = await highlight(code, false);
    expect((later.at(-1) ?? now)?.tokens).toEqual(whole.tokens);
  });
  await fc.assert(property, { numRuns: 20 });
});

test('of code that grows only what follows its last whole line is coloured', async () => {
  const { asked, highlight } = watchedPlugin();
  const lines = code.split('\n');
  for (const count of lines.keys()) await highlight(lines.slice(0, count + 1).join('\n'), true);
  expect(asked.map((request) => request.code.split('\n').length)).toEqual([
    1,
    ...lines.slice(1).map(() => 2),
  ]);
});

test('new words are read at once, and have their colours after a pause or when the code is whole', async () => {
  const { pauses, highlight } = watchedPlugin();
  await highlight('const tea', true);
  const { now, later } = await highlight("const tea = 'green'", true);
  expect(now && words(now)).toBe("const tea = 'green'");
  expect(later).toEqual([]);
  pauses.at(-1)?.();
  expect(later.map(words)).toEqual(["const tea = 'green'"]);
  const whole = await highlight("const tea = 'green';", false);
  expect(whole.later.map(words)).toEqual(["const tea = 'green';"]);
});

test('code that has its colours is not coloured again', async () => {
  const { asked, highlight } = watchedPlugin();
  const first = await highlight(code, false);
  const again = await highlight(code, false);
  expect(again.now).toEqual(first.later[0]);
  expect(asked).toHaveLength(1);
});
