/** A piece of text: shown as it is, or a code in place of a character that cannot be seen or reorders others. */
export type EscapedSegment = { text: string; escaped: boolean };

const formatCharacter = /^\p{Cf}$/u;

/** Beside Unicode's format characters (bidi controls, zero-width characters, tags): everything else that hides or misleads. */
const deceptiveRanges: readonly (readonly [from: number, to: number])[] = [
  [0x00, 0x08], // control characters, but for tab and newline
  [0x0b, 0x1f],
  [0x7f, 0xa0], // delete, C1 controls, no-break space
  [0x034f, 0x034f], // combining grapheme joiner
  [0x115f, 0x1160], // Hangul fillers
  [0x1680, 0x1680], // blanks that are no space
  [0x17b4, 0x17b5], // Khmer vowels without shape
  [0x180b, 0x180f], // Mongolian variation selectors
  [0x2000, 0x200f], // blanks of all widths, zero-width characters
  [0x2028, 0x202f], // line and paragraph separators, bidi embeddings
  [0x205f, 0x206f],
  [0x2800, 0x2800], // empty Braille pattern
  [0x3000, 0x3000],
  [0x3164, 0x3164],
  [0xd800, 0xf8ff], // half surrogates, private use
  [0xfe00, 0xfe0f], // variation selectors
  [0xffa0, 0xffa0],
  [0xfff0, 0xffff],
  [0xe0000, 0xe0fff], // tags, more variation selectors
];

const longBlank = / {40,}/g;

/** Text for a decision: every character that could hide or reorder something is replaced by its code (C7). */
export function escapeInvisible(text: string): EscapedSegment[] {
  const segments: EscapedSegment[] = [];
  for (const piece of splitLongBlanks(text)) {
    if (piece.escaped) segments.push(piece);
    else for (const character of piece.text) append(segments, character);
  }
  return segments;
}

function append(segments: EscapedSegment[], character: string): void {
  if (isDeceptive(character)) {
    segments.push({ text: `‹U+${hex(character)}›`, escaped: true });
    return;
  }
  const last = segments.at(-1);
  if (last && !last.escaped) last.text += character;
  else segments.push({ text: character, escaped: false });
}

/** A row of blanks can push the rest of a command out of sight; it is shown as its length. */
function splitLongBlanks(text: string): EscapedSegment[] {
  const pieces: EscapedSegment[] = [];
  let position = 0;
  for (const match of text.matchAll(longBlank)) {
    pieces.push({ text: text.slice(position, match.index), escaped: false });
    pieces.push({ text: `‹${match[0].length} × U+0020›`, escaped: true });
    position = match.index + match[0].length;
  }
  pieces.push({ text: text.slice(position), escaped: false });
  return pieces;
}

function isDeceptive(character: string): boolean {
  const point = character.codePointAt(0) ?? 0;
  if (deceptiveRanges.some(([from, to]) => point >= from && point <= to)) return true;
  return point > 0x7f && formatCharacter.test(character);
}

function hex(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}
