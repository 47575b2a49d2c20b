/** Shorter texts stay whole. Characters; the renderer takes about 10 ms for so many. */
export const pieceLength = 16_384;

const fence = /^ {0,3}(`{3,}|~{3,})(.*)$/;

/**
 * Cuts a long Markdown text into pieces that can be drawn one by one: between blocks where there is such a place, else
 * between lines, and code that is cut goes on as code. The pieces of a text stay what they are when more is appended,
 * so that of an answer that streams in only the last piece is drawn again.
 */
export function splitLong(text: string, length = pieceLength): string[] {
  if (text.length <= length) return [text];
  const pieces: string[] = [];
  let opened: string | undefined;
  let piece = '';
  const cut = () => {
    pieces.push(piece);
    piece = opened === undefined ? '' : `${opened}\n`;
  };
  for (const line of linesOf(text, length)) {
    piece += line;
    opened = afterLine(opened, line);
    const isBetweenBlocks = opened === undefined && line.trim() === '';
    if (piece.length >= (isBetweenBlocks ? length : 2 * length)) cut();
  }
  if (piece !== '') pieces.push(piece);
  return pieces;
}

/** Lines with their ends; one that is longer than a piece comes in parts. */
function* linesOf(text: string, length: number): Generator<string> {
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline + 1;
    yield text.slice(start, Math.min(end, start + length));
    start = Math.min(end, start + length);
  }
}

/** The line that opened the code block we are in after `line`, if we are in one (CommonMark 4.5). */
function afterLine(opened: string | undefined, line: string): string | undefined {
  const [, marks = '', rest = ''] = fence.exec(line.trimEnd()) ?? [];
  if (marks === '') return opened;
  if (opened === undefined) return marks.startsWith('`') && rest.includes('`') ? undefined : line.trimEnd();
  const openMarks = fence.exec(opened)?.[1] ?? '';
  const closes = rest.trim() === '' && marks[0] === openMarks[0] && marks.length >= openMarks.length;
  return closes ? undefined : opened;
}
