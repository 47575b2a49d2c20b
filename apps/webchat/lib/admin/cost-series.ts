import type { CostsReport, UsageEntry } from './reports.ts';

export const measures = ['cost', 'tokens', 'turns'] as const;
export type Measure = (typeof measures)[number];

/** A day of the chart: what each series has of it, in the order of the series. */
export type CostDay = { day: string; values: number[]; total: number };
/** Names in the order of their size; `null` is a model without a name, undefined all that are too small for one. */
export type CostSeries = { names: (string | null | undefined)[]; totals: number[]; days: CostDay[] };

/** More colours than that nobody tells apart. */
const mostNames = 5;
const dayMs = 86_400_000;

/** A figure of an entry; what nobody said counts as nothing. */
export function figureOf(entry: UsageEntry, measure: Measure): number {
  switch (measure) {
    case 'cost':
      return entry.cost_usd ?? 0;
    case 'tokens':
      return (entry.tokens_in ?? 0) + (entry.tokens_out ?? 0);
    case 'turns':
      return entry.turns;
  }
}

/** Every day of a report, those without a turn too, and what its largest names and the rest have of it. */
export function toSeries({ from, to, usage }: CostsReport, measure: Measure): CostSeries {
  const sizes = new Map<string | null, number>();
  for (const entry of usage) sizes.set(entry.name, (sizes.get(entry.name) ?? 0) + figureOf(entry, measure));
  const bySize = [...sizes].toSorted(([, a], [, b]) => b - a).map(([name]) => name);
  const shown = bySize.slice(0, mostNames);
  const names = bySize.length > mostNames ? [...shown, undefined] : shown;
  const byDay = Map.groupBy(usage, ({ day }) => day);
  const days = daysBetween(from, to).map((day) => {
    const entries = byDay.get(day) ?? [];
    const values = names.map((name) => {
      const meant = entries.filter((entry) =>
        name === undefined ? !shown.includes(entry.name) : entry.name === name,
      );
      return sum(meant.map((entry) => figureOf(entry, measure)));
    });
    return { day, values, total: sum(values) };
  });
  const totals = names.map((_, index) => sum(days.map(({ values }) => values[index] ?? 0)));
  return { names, totals, days };
}

/** A round number at or above the largest value, and so many steps up to it: what the axis shows. */
export function axisOf(largest: number): { top: number; step: number } {
  if (largest <= 0) return { top: 1, step: 0.5 };
  const rough = largest / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  return { top: Math.ceil(largest / step - 1e-9) * step, step };
}

function daysBetween(from: string, to: string): string[] {
  const count = Math.round((Date.parse(to) - Date.parse(from)) / dayMs) + 1;
  return Array.from({ length: count }, (_, index) =>
    new Date(Date.parse(from) + index * dayMs).toISOString().slice(0, 10),
  );
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
