import { type Spread, spreadOf } from './statistics.ts';

export type Figures = Readonly<Record<string, number>>;
export type Row = Spread & {
  bar: number | undefined;
  met: boolean | undefined;
};

/** Of each figure what most runs said, and how far they were apart; a bar is met when the median is at most that. */
export function summarise(runs: readonly Figures[], bars: Figures): [string, Row][] {
  const names = Object.keys(runs[0] ?? {});
  return names.map((name) => {
    const spread = spreadOf(runs.map((run) => run[name] ?? Number.NaN));
    const bar = bars[name];
    return [name, { ...spread, bar, met: bar === undefined ? undefined : spread.median <= bar }];
  });
}
