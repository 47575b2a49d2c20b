/** The known word that was probably meant by one that is not known; undefined if none is close. */
export function closestTo(word: string, known: readonly string[]): string | undefined {
  const farthest = Math.min(3, Math.max(1, Math.floor(word.length / 2)));
  const ranked = known
    .map((name) => ({ name, distance: editDistance(name, word) }))
    .sort((one, other) => one.distance - other.distance);
  const [best] = ranked;
  return best && best.distance <= farthest ? best.name : undefined;
}

/** How many letters differ (Levenshtein). */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, char] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      next.push(
        Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (char === other ? 0 : 1)),
      );
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
