const before = 60;
const length = 240;

/** A piece of a text around the first of the words looked for, and where in it words are: pairs of start and length. */
export type Snippet = { snippet: string; highlights: [start: number, length: number][] };

/** Positions count UTF-16 units, as JavaScript does; the text has no markup of ours in it. */
export function snippetOf(text: string, query: string): Snippet {
  const words = [...new Set(query.toLowerCase().split(/\s+/).filter(Boolean))];
  const lower = sameLengthLower(text);
  const found = words.map((word) => lower.indexOf(word)).filter((at) => at >= 0);
  const start = wholeCharacter(text, Math.max(0, Math.min(...found, text.length) - before));
  const end = wholeCharacter(text, Math.min(text.length, start + length));
  const head = start > 0 ? '…' : '';
  const snippet = `${head}${text.slice(start, end)}${end < text.length ? '…' : ''}`;
  const shown = sameLengthLower(snippet);
  return { snippet, highlights: withoutOverlaps(words.flatMap((word) => placesOf(word, shown))) };
}

/** NOTE: a few letters have a lower case of another length; then places are looked for as the text is written. */
function sameLengthLower(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text;
}

/** Not between the two halves of a character. */
function wholeCharacter(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}

function placesOf(word: string, text: string): [number, number][] {
  const places: [number, number][] = [];
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length))
    places.push([at, word.length]);
  return places;
}

function withoutOverlaps(places: [number, number][]): [number, number][] {
  const kept: [number, number][] = [];
  for (const [start, size] of places.toSorted(([a, m], [b, n]) => a - b || n - m)) {
    const [last, lastSize] = kept.at(-1) ?? [0, 0];
    if (start >= last + lastSize) kept.push([start, size]);
  }
  return kept;
}
