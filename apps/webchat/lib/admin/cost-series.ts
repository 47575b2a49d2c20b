import type { CostsReport, UsageEntry } from './reports.ts';

export const measures = ['cost', 'tokens', 'turns'] as const;
export type Measure = (typeof measures)[number];

/** Names in the order of their size; `null` is a model without a name, undefined all that are too small for one. */
export type SeriesName = string | null | undefined;

/** What a chart shows. Every day has a value of each name, in their order; a total that no agent told of is `null`. */
export type CostSeries = {
  names: SeriesName[];
  totals: (number | null)[];
  total: number | null;
  days: { day: string; values: number[] }[];
};

/** More colours than that nobody tells apart. */
const mostNames = 5;
const dayMs = 86_400_000;

/** A figure of an entry; `null` if its agent did not say. */
function figureOf(entry: UsageEntry, measure: Measure): number | null {
  const { turns, cost_usd: cost, tokens_in: tokensIn, tokens_out: tokensOut } = entry;
  if (measure === 'cost') return cost;
  if (measure === 'turns') return turns;
  return tokensIn === null && tokensOut === null ? null : (tokensIn ?? 0) + (tokensOut ?? 0);
}

/** Every day of a report, those without a turn too, and what its largest names and the rest have of it. */
export function toSeries({ from, to, usage }: CostsReport, measure: Measure): CostSeries {
  const totalOf = (entries: readonly UsageEntry[]) => sum(entries.map((entry) => figureOf(entry, measure)));
  const sizes = [...Map.groupBy(usage, ({ name }) => name)].map(
    ([name, entries]) => [name, totalOf(entries) ?? 0] as const,
  );
  const bySize = sizes.toSorted(([, a], [, b]) => b - a).map(([name]) => name);
  const shown = bySize.slice(0, mostNames);
  const names = bySize.length > mostNames ? [...shown, undefined] : shown;
  const seriesOf = (name: SeriesName, entries: readonly UsageEntry[]) =>
    entries.filter((entry) => (name === undefined ? !shown.includes(entry.name) : entry.name === name));
  const byDay = Map.groupBy(usage, ({ day }) => day);
  return {
    names,
    totals: names.map((name) => totalOf(seriesOf(name, usage))),
    total: totalOf(usage),
    days: daysBetween(from, to).map((day) => ({
      day,
      values: names.map((name) => totalOf(seriesOf(name, byDay.get(day) ?? [])) ?? 0),
    })),
  };
}

/** A round number at or above the largest value, and the steps up to it: what the axis shows. */
export function axisOf(largest: number): { top: number; step: number } {
  if (largest <= 0) return { top: 1, step: 0.5 };
  const rough = largest / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10) * power;
  // Of 0.3 / 0.1 a computer makes a little more than 3.
  return { top: Math.ceil(largest / step - 1e-9) * step, step };
}

function daysBetween(from: string, to: string): string[] {
  const count = Math.round((Date.parse(to) - Date.parse(from)) / dayMs) + 1;
  return Array.from({ length: count }, (_, index) =>
    new Date(Date.parse(from) + index * dayMs).toISOString().slice(0, 10),
  );
}

/** Of the figures that there are; `null` if there are none. */
const sum = (figures: readonly (number | null)[]): number | null =>
  figures.reduce((total, figure) => (figure === null ? total : (total ?? 0) + figure), null);
