type Place = readonly [number, number];

const marks = /\*\*|`+|^#{1,6} |^> /gm;

/** A piece of Markdown without its marks, and where the places of it (start and length, in UTF-16 units) are then. */
export function plainSnippet(text: string, places: readonly Place[]): { text: string; places: Place[] } {
  const cuts = [...text.matchAll(marks)].map(({ index, 0: mark }) => ({ index, length: mark.length }));
  const moved = (at: number): number =>
    cuts.reduce((to, { index, length }) => to - Math.min(Math.max(at - index, 0), length), at);
  const left = places.map(([start, length]): Place => [moved(start), moved(start + length) - moved(start)]);
  return { text: text.replace(marks, ''), places: left.filter(([, length]) => length > 0) };
}
