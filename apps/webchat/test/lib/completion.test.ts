import { expect, test } from 'vitest';
import { complete, completionAt, matching } from '../../lib/completion.ts';

test.each([
  ['/', 1, { kind: 'command', typed: '', from: 1, to: 1 }],
  ['/com', 4, { kind: 'command', typed: 'com', from: 1, to: 4 }],
  ['/com it', 7, undefined],
  ['see /com', 8, undefined],
  ['@', 1, { kind: 'path', typed: '', from: 1, to: 1 }],
  ['look at @src/in here', 15, { kind: 'path', typed: 'src/in', from: 9, to: 15 }],
  ['看（@src', 6, { kind: 'path', typed: 'src', from: 3, to: 6 }],
  ['ada@example', 11, undefined],
  ['/com @a', 7, { kind: 'path', typed: 'a', from: 6, to: 7 }],
])('what can be completed in %j at %i', (text, caret, expected) => {
  expect(completionAt(text, caret)).toEqual(expected);
});

test('the word takes the place of what was typed, and of what is left of it behind the caret', () => {
  const at = completionAt('see @src/in.ts now', 8);
  expect(at && complete('see @src/in.ts now', at, { word: 'src/index.ts', isWhole: true })).toEqual({
    text: 'see @src/index.ts now',
    caret: 18,
  });
  const folder = completionAt('@s', 2);
  expect(folder && complete('@s', folder, { word: 'src/', isWhole: false })).toEqual({
    text: '@src/',
    caret: 5,
  });
  const command = completionAt('/co', 3);
  expect(command && complete('/co', command, { word: 'compact', isWhole: true })).toEqual({
    text: '/compact ',
    caret: 9,
  });
});

test('names that begin with what was typed come first', () => {
  const names = ['recompact', 'my-compact', 'compact', 'other'].map((name) => ({ name }));
  expect(matching(names, 'comp').map(({ name }) => name)).toEqual(['compact', 'my-compact', 'recompact']);
});
