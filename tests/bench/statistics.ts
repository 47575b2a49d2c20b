/** What repeated measurements say of one figure. */
export type Spread = { median: number; least: number; most: number };

/** The middle of some values, or what lies between the two in the middle; not a number if there are none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (lower + upper) / 2;
}

/** Median and range of those that are numbers. */
export function spreadOf(values: readonly number[]): Spread {
  const known = values.filter((value) => Number.isFinite(value));
  return { median: median(known), least: Math.min(...known), most: Math.max(...known) };
}

/** The least of some values that a share of them does not exceed, such as 0.95; not a number if there are none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
