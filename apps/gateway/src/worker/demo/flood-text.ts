/** One piece of the `flood` scene; tests know the whole text from it. */
export function floodPiece(index: number): string {
  return `${index.toString(36)}${index % 10 === 9 ? '\n' : ' '}`;
}

/** Everything `flood <count>` says, in order. */
export function floodText(count: number): string {
  return Array.from({ length: count }, (_, index) => floodPiece(index)).join('');
}
