'use client';
import { narrow, useAdminPlace } from '../../lib/admin/admin-place.ts';
import { type Measure, measures } from '../../lib/admin/cost-series.ts';
import { type CostGroup, type CostsReport, costGroups } from '../../lib/admin/reports.ts';
import { useAdminTexts } from '../../lib/admin/texts/use-admin-texts.ts';
import { useReport } from '../../lib/admin/use-report.ts';
import { useNow } from '../../lib/use-now.ts';
import { SelectField } from '../ui/select-field.tsx';
import { CostChart } from './cost-chart.tsx';
import { CostTable } from './cost-table.tsx';
import { FilterBar } from './filter-bar.tsx';
import { PageHead } from './page-head.tsx';
import { ReportView } from './report-view.tsx';

const ranges = ['7', '30', '90', '365'] as const;
const dayMs = 86_400_000;
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

const oneOf = <Value extends string>(
  values: readonly Value[],
  wanted: string | undefined,
  usual: Value,
): Value => values.find((value) => value === wanted) ?? usual;

/** What turns took over time. */
export function CostsPage() {
  const texts = useAdminTexts();
  const { filters } = useAdminPlace();
  const by: CostGroup = oneOf(costGroups, filters.by, 'agent');
  const measure: Measure = oneOf(measures, filters.show, 'cost');
  const range = oneOf(ranges, filters.days, '30');
  // A page that stays open over midnight goes on with the next day.
  const today = useNow(60_000);
  const [from, to] = [dayOf(today - (Number(range) - 1) * dayMs), dayOf(today)];
  const costs = useReport<CostsReport>({ path: 'costs', query: { by, from, to } });
  const set = (name: string) => (event: { target: { value: string } }) =>
    narrow({ page: 'costs', filters: { ...filters, [name]: event.target.value } });
  const choices = <Value extends string>(values: readonly Value[], words: (value: Value) => string) =>
    values.map((value) => ({ value, label: words(value) }));
  return (
    <>
      <PageHead title={texts.pages.costs} onRefresh={costs.refresh} />
      <FilterBar>
        <SelectField
          label={texts.costs.measure}
          value={measure}
          options={choices(measures, (value) => texts.costs.measures[value])}
          onChange={set('show')}
        />
        <SelectField
          label={texts.costs.by}
          value={by}
          options={choices(costGroups, (value) => texts.costs.groups[value])}
          onChange={set('by')}
        />
        <SelectField
          label={texts.costs.range}
          value={range}
          options={choices(ranges, (value) => texts.costs.lastDays(Number(value)))}
          onChange={set('days')}
        />
      </FilterBar>
      <ReportView report={costs}>
        {(report) => (
          <>
            <CostChart report={report} measure={measure} />
            <CostTable report={report} />
          </>
        )}
      </ReportView>
    </>
  );
}
