import { stripVTControlCharacters } from 'node:util';

/** Control, format and private characters, and the two separators that end a line elsewhere than here. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]/gu;

/** What joins letters and emoji, or keeps them apart, as many languages need it: ZWNJ and ZWJ. */
const joiners = '\u200c\u200d';

/**
 * A command, a path or an address of others, every character of it: what a terminal would obey or not show is written
 * out (C7), but for those that are `kept`.
 */
export function escapeUnseen(text: string, kept = ''): string {
  return text.replace(unseen, (char) =>
    kept.includes(char) ? char : `\\u{${char.codePointAt(0)?.toString(16)}}`,
  );
}

/**
 * Prose of others, safe to show in a terminal: what would move its cursor, change its title or hide something is taken
 * out, or written out where it would deceive (C7). New lines, tabs and what joins letters stay.
 */
export function plainText(text: string): string {
  return escapeUnseen(stripVTControlCharacters(text).replace(/\r\n?/g, '\n'), `\n\t${joiners}`);
}

/** The same in one line of at most so many letters. */
export function plainLine(text: string, length = 120): string {
  const line = plainText(text).replace(/\s+/g, ' ').trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}
