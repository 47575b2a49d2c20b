'use client';
import { Download } from 'lucide-react';
import type { CostsReport } from '../../lib/admin/reports.ts';
import { useAdminTexts } from '../../lib/admin/texts/use-admin-texts.ts';
import { toCsv } from '../../lib/admin/to-csv.ts';
import { formatCost } from '../../lib/format-cost.ts';
import { formatDuration } from '../../lib/format-duration.ts';
import { saveBlob } from '../../lib/save-blob.ts';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { DataTable } from './data-table.tsx';

const fields = ['day', 'name', 'turns', 'tokens_in', 'tokens_out', 'cost_usd', 'work_ms'] as const;

/** Every figure of the chart, newest day first, also for spreadsheets. */
export function CostTable({ report: { by, from, to, usage } }: { report: CostsReport }) {
  const { costs: texts } = useAdminTexts();
  const { time } = useTexts();
  const number = (value: number | null) => (value === null ? '–' : value.toLocaleString());
  const download = () => {
    // The names of the columns are those of the API, whatever the language of the page.
    const head = fields.map((field) => (field === 'name' ? by : field));
    const csv = toCsv([head, ...usage.map((entry) => fields.map((field) => entry[field]))]);
    saveBlob(new Blob([csv], { type: 'text/csv;charset=utf-8' }), `hotplex-costs-${by}-${from}-${to}.csv`);
  };
  return (
    <section className="flex flex-col gap-3" aria-labelledby="cost-table">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id="cost-table" className="font-semibold">
          {texts.table}
        </h2>
        <Button onClick={download} disabled={usage.length === 0}>
          <Download aria-hidden />
          {texts.download}
        </Button>
      </div>
      <DataTable
        label={texts.table}
        rows={usage.toReversed()}
        keyOf={({ day, name }) => JSON.stringify([day, name])}
        none={texts.none}
        columns={[
          { label: texts.day, cell: ({ day }) => day, className: 'whitespace-nowrap tabular-nums' },
          { label: texts.groups[by], cell: ({ name }) => name ?? texts.noModel },
          { label: texts.turns, cell: ({ turns }) => number(turns), isNumber: true },
          {
            label: texts.tokensIn,
            cell: (entry) => number(entry.tokens_in),
            isNumber: true,
            isWideOnly: true,
          },
          {
            label: texts.tokensOut,
            cell: (entry) => number(entry.tokens_out),
            isNumber: true,
            isWideOnly: true,
          },
          {
            ...{ label: texts.cost, isNumber: true },
            cell: ({ cost_usd: cost }) => (cost === null ? '–' : formatCost(cost)),
          },
          {
            ...{ label: texts.work, isNumber: true, isWideOnly: true },
            cell: ({ work_ms: work }) => (work === null ? '–' : formatDuration(work, time)),
          },
        ]}
      />
    </section>
  );
}
