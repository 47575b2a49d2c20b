import { stripVTControlCharacters } from 'node:util';

/**
 * Text of others, safe to show in a terminal: what would move its cursor, change its title or hide something is taken
 * out, or written out where it would deceive (C7). New lines and tabs stay.
 */
export function plainText(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/\r\n?/g, '\n')
    .replace(
      /[\p{Cc}\p{Zl}\p{Zp}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/gu,
      (char) => (char === '\n' || char === '\t' ? char : `\\u{${char.codePointAt(0)?.toString(16)}}`),
    );
}

/** The same in one line of at most so many letters. */
export function plainLine(text: string, length = 120): string {
  const line = plainText(text).replace(/\s+/g, ' ').trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}
