import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseAnsi } from '../../lib/ansi.ts';
import { toAnsiCss } from '../../lib/ansi-css.ts';

test('colours and weights become styled runs', () => {
  expect(parseAnsi('\u001b[1;32mok\u001b[0m \u001b[91mred\u001b[39m.')).toEqual([
    { text: 'ok', style: { bold: true, color: 2 } },
    { text: ' ', style: {} },
    { text: 'red', style: { color: 9 } },
    { text: '.', style: {} },
  ]);
});

test('the 256 colours and true colours are understood', () => {
  const [orange, , custom] = parseAnsi('\u001b[38;5;208mA\u001b[0m-\u001b[48;2;1;2;255mB');
  expect(toAnsiCss(orange?.style ?? {})).toEqual({ color: 'rgb(255 135 0)' });
  expect(toAnsiCss(custom?.style ?? {})).toEqual({ backgroundColor: '#0102ff' });
});

test('a line that is written again shows its last state, as a progress bar does', () => {
  expect(parseAnsi('10 %\r50 %\r100 %\r\ndone\r\n')[0]?.text).toBe('100 %\ndone\n');
});

test('[X5] titles, links and cursor movements are dropped, markup stays text', () => {
  const output =
    '\u001b]0;title\u0007\u001b]8;;https://evil.example\u001b\\link\u001b]8;;\u001b\\\u001b[2J\u001b[10;10H<img src=x>';
  expect(parseAnsi(output)).toEqual([{ text: 'link<img src=x>', style: {} }]);
});

test('[X5] no control character survives, whatever a program writes', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('\u001b[', '\u001b]', '31m', ';', '\u0007', '\u001b', '\r', '\n'),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = parseAnsi(pieces.join(''))
        .map((run) => run.text)
        .join('');
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be left
      expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/);
    }),
  );
});

test('text without escapes is unchanged', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const plain = text.replace(/\p{Cc}/gu, '');
      expect(
        parseAnsi(plain)
          .map((run) => run.text)
          .join(''),
      ).toBe(plain);
    }),
  );
});
