/** One piece of what `flood` says; tests know the whole text from it. */
export function floodPiece(index: number): string {
  return `${index.toString(36)}${index % 10 === 9 ? '\n' : ' '}`;
}

/** The pieces from one number up to, and without, another. */
export function floodPieces(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, index) => floodPiece(from + index));
}

/** Everything `flood <count>` says, in order. */
export function floodText(count: number): string {
  return floodPieces(0, count).join('');
}
