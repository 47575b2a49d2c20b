export type Figures = Readonly<Record<string, number>>;
type Row = { median: number; least: number; most: number; bar: number | undefined; met: boolean | undefined };

/** Of each figure what most runs said, and how far they were apart; a bar is met when the median is at most that. */
export function summarise(runs: readonly Figures[], bars: Figures): [string, Row][] {
  const names = Object.keys(runs[0] ?? {});
  return names.map((name) => {
    const values = runs.map((run) => run[name] ?? Number.NaN).sort((a, b) => a - b);
    const bar = bars[name];
    const median = quantile(values, 0.5);
    const row = { median, least: values[0] ?? Number.NaN, most: values.at(-1) ?? Number.NaN };
    return [name, { ...row, bar, met: bar === undefined ? undefined : median <= bar }];
  });
}

/** The value that a share of the sorted ones does not exceed. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
