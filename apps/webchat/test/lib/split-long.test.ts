import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitLong } from '../../lib/markdown/split-long.ts';

test('a short text stays whole, also an empty one', () => {
  expect(splitLong('# Hello')).toEqual(['# Hello']);
  expect(splitLong('')).toEqual(['']);
});

test('a long text is cut between its blocks where that is possible', () => {
  expect(splitLong('one two\nthree\n\nfour five\n\nsix', 10)).toEqual([
    'one two\nthree\n\n',
    'four five\n\n',
    'six',
  ]);
});

test('a block that is too long is cut between lines, a line that is too long anywhere', () => {
  expect(splitLong('aaaaa\nbbbbb\nccccc\nddddd\n', 6)).toEqual(['aaaaa\nbbbbb\n', 'ccccc\nddddd\n']);
  expect(splitLong('x'.repeat(25), 5)).toEqual(['x'.repeat(10), 'x'.repeat(10), 'x'.repeat(5)]);
});

test('code that is cut goes on as code of its language, and a blank line in it is no place between blocks', () => {
  expect(splitLong('```ts\na\n\nb\nc\nd\n```\nend', 8)).toEqual(['```ts\na\n\nb\nc\nd\n```\n', 'end']);
  expect(splitLong('~~~~py\n1\n2\n3\n~~~\n4\n~~~~\nend', 6)).toEqual([
    '~~~~py\n1\n2\n3\n',
    '~~~~py\n~~~\n4\n',
    '~~~~py\n~~~~\n',
    'end',
  ]);
});

test('whatever the text: nothing is lost, no piece is over-long, and more text changes the last piece only', () => {
  const line = fc.oneof(fc.string({ maxLength: 30 }), fc.constantFrom('', '', 'words and words'));
  const text = fc.array(line, { maxLength: 60 }).map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(text, fc.integer({ min: 5, max: 40 }), fc.nat(), (whole, length, at) => {
      const pieces = splitLong(whole, length);
      if (!/```|~~~/.test(whole)) {
        expect(pieces.join('')).toBe(whole);
        expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(3 * length);
      }
      const earlier = splitLong(whole.slice(0, at % (whole.length + 1)), length);
      expect(pieces.slice(0, earlier.length - 1)).toEqual(earlier.slice(0, -1));
    }),
  );
});
