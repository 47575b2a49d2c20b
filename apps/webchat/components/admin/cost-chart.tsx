'use client';
import { axisOf, type Measure, type SeriesName, toSeries } from '../../lib/admin/cost-series.ts';
import type { CostsReport } from '../../lib/admin/reports.ts';
import { useAdminTexts } from '../../lib/admin/texts/use-admin-texts.ts';
import { useWidth } from '../../lib/admin/use-width.ts';
import { classNames } from '../../lib/class-names.ts';
import { formatCost } from '../../lib/format-cost.ts';
import { formatTokens } from '../../lib/format-tokens.ts';
import { useLanguage } from '../../lib/texts/use-texts.ts';
import { CostBars } from './cost-bars.tsx';

/** A colour for each name; the rest is grey. */
const colours = ['bg-chart-1', 'bg-chart-2', 'bg-chart-3', 'bg-chart-4', 'bg-chart-5'];

/** Days as columns, each made of what the largest names had of it. The table says the same in figures. */
export function CostChart({ report, measure }: { report: CostsReport; measure: Measure }) {
  const { costs: texts } = useAdminTexts();
  const language = useLanguage();
  const [frame, width] = useWidth<HTMLDivElement>();
  const series = toSeries(report, measure);
  const format = formatOf(measure);
  const shown = (value: number | null | undefined) => (value == null ? '–' : format(value));
  const nameOf = (name: SeriesName) => (name === undefined ? texts.others : (name ?? texts.noModel));
  const largest = Math.max(
    0,
    ...series.days.map(({ values }) => values.reduce((sum, value) => sum + value, 0)),
  );
  return (
    <figure className="flex flex-col gap-3 rounded-lg border bg-card px-4 py-3">
      <figcaption className="flex flex-wrap items-baseline justify-between gap-2">
        <span className="font-semibold">{texts.measures[measure]}</span>
        <span className="text-muted-foreground text-sm tabular-nums">
          {texts.total} {shown(series.total)}
        </span>
      </figcaption>
      <div ref={frame} className="h-56 w-full min-w-0">
        {width > 0 && (
          <CostBars
            {...{ series, width, format, axis: axisOf(largest), language }}
            label={texts.chart(texts.measures[measure], series.days.length, shown(series.total))}
            barLabel={(day, index, value) => texts.bar(day, nameOf(series.names[index]), format(value))}
          />
        )}
      </div>
      <ul className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
        {series.names.map((name, index) => (
          <li key={name === undefined ? '…' : `= ${name}`} className="flex items-center gap-1.5">
            <span
              aria-hidden
              className={classNames(
                'size-3 rounded-xs forced-color-adjust-none',
                name === undefined ? 'bg-muted-foreground' : colours[index],
              )}
            />
            {nameOf(name)}
            <span className="text-muted-foreground tabular-nums">{shown(series.totals[index])}</span>
          </li>
        ))}
      </ul>
      {measure !== 'turns' && <p className="text-muted-foreground text-xs">{texts.unsaid}</p>}
    </figure>
  );
}

function formatOf(measure: Measure): (value: number) => string {
  if (measure === 'cost') return formatCost;
  return measure === 'tokens' ? formatTokens : String;
}
