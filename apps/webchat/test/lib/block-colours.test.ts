import fc from 'fast-check';
import type { HighlightResult } from 'streamdown';
import { expect, test } from 'vitest';
import { createBlockColours } from '../../lib/markdown/block-colours.ts';
import { type CodeRequest, createCodeColours } from '../../lib/markdown/code-colours.ts';

const code = `/** Over two
 * lines. */
export function greet(name: string): string {
  return \`Hello,
    \${name}!\`;
}

const tea = 'green'; // enough`;

const colour = createCodeColours();

/** The colours of blocks, what they asked for, and what is drawn at once and when all that is on its way has come. */
function watchedColours() {
  const asked: CodeRequest[] = [];
  const pauses: (() => void)[] = [];
  const answers: Promise<unknown>[] = [];
  const colours = createBlockColours({
    colour: (request) => {
      asked.push(request);
      const answer = colour(request);
      answers.push(answer);
      return answer;
    },
    afterPause: (call) => pauses.push(call),
  });
  const draw = async (text: string, isIncomplete: boolean, language = 'typescript') => {
    const block = { code: text, language };
    const later: HighlightResult[] = [];
    const now = colours.soFar(block);
    colours.colour({ ...block, isIncomplete }, () => later.push(colours.soFar(block)));
    await Promise.all(answers);
    return { now, later };
  };
  return { asked, pauses, draw };
}

const words = ({ tokens }: HighlightResult) =>
  tokens.map((line) => line.map(({ content }) => content).join('')).join('\n');

test('code that comes bit by bit has the colours that it has at once', async () => {
  const whole = await colour({ language: 'typescript', before: '', code });
  const cuts = fc.uniqueArray(fc.integer({ min: 1, max: code.length - 1 }), { maxLength: 8 });
  const property = fc.asyncProperty(cuts, async (places) => {
    const { draw } = watchedColours();
    for (const place of places.toSorted((a, b) => a - b)) await draw(code.slice(0, place), true);
    const { now, later } = await draw(code, false);
    expect((later.at(-1) ?? now).tokens).toEqual(whole.tokens);
  });
  await fc.assert(property, { numRuns: 20 });
});

test('of code that grows only what follows its last whole line is coloured', async () => {
  const { asked, draw } = watchedColours();
  const lines = code.split('\n');
  for (const count of lines.keys()) await draw(lines.slice(0, count + 1).join('\n'), true);
  expect(asked.map((request) => request.code.split('\n').length)).toEqual([
    1,
    ...lines.slice(1).map(() => 2),
  ]);
});

test('new words are read at once, and have their colours after a pause or when the code is whole', async () => {
  const { pauses, draw } = watchedColours();
  await draw('const tea', true);
  const { now, later } = await draw("const tea = 'green'", true);
  expect(words(now)).toBe("const tea = 'green'");
  expect(later).toEqual([]);
  pauses.at(-1)?.();
  expect(later.map(words)).toEqual(["const tea = 'green'"]);
  const whole = await draw("const tea = 'green';", false);
  expect(whole.later.map(words)).toEqual(["const tea = 'green';"]);
});

test('code that has its colours is not coloured again', async () => {
  const { asked, draw } = watchedColours();
  const first = await draw(code, false);
  const again = await draw(code, false);
  expect(again.now).toEqual(first.later[0]);
  expect(asked).toHaveLength(1);
});

test('every line that is known is there at once, with or without its colours, and in any language', async () => {
  const { draw } = watchedColours();
  for (const language of ['typescript', 'klingon', ''])
    for (let length = 1; length <= code.length; length += 7)
      expect(words((await draw(code.slice(0, length), true, language)).now)).toBe(code.slice(0, length));
});
