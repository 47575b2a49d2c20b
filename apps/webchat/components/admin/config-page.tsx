'use client';
import { narrow, useAdminPlace } from '../../lib/admin/admin-place.ts';
import type { ConfigReport, SettingReport } from '../../lib/admin/reports.ts';
import { useAdminTexts } from '../../lib/admin/texts/use-admin-texts.ts';
import { useReport } from '../../lib/admin/use-report.ts';
import { Badge } from './badge.tsx';
import { BreakableName } from './breakable-name.tsx';
import { type Column, DataTable } from './data-table.tsx';
import { ChoiceFilter, FilterBar, TextFilter } from './filter-bar.tsx';
import { PageHead } from './page-head.tsx';
import { ReportView } from './report-view.tsx';
import { SettingValue } from './setting-value.tsx';

/** The configuration that is in force, and where each setting is from. */
export function ConfigPage() {
  const texts = useAdminTexts();
  const { filters } = useAdminPlace();
  const { find = '', only } = filters;
  const config = useReport<ConfigReport>({ path: 'config' });
  const set = (name: string) => (value: string) =>
    narrow({ page: 'config', filters: { ...filters, [name]: value } });
  const isMeant = ({ path, origin }: SettingReport) =>
    path.includes(find.toLowerCase()) && (only !== 'changed' || origin !== 'default');
  const columns = useColumns();
  return (
    <>
      <PageHead title={texts.pages.config} onRefresh={config.refresh} />
      <FilterBar>
        <TextFilter label={texts.config.find} value={find} onChange={set('find')} />
        <ChoiceFilter
          label={texts.config.only}
          value={only}
          values={['changed']}
          words={() => texts.config.changed}
          onChange={set('only')}
        />
      </FilterBar>
      <ReportView report={config}>
        {({ settings }) => (
          <DataTable
            label={texts.pages.config}
            columns={columns}
            rows={settings.filter(isMeant)}
            keyOf={({ path }) => path}
            none={texts.none}
          />
        )}
      </ReportView>
    </>
  );
}

function useColumns(): Column<SettingReport>[] {
  const { config: texts } = useAdminTexts();
  return [
    {
      label: texts.setting,
      cell: ({ path }) => (
        <code className="text-xs">
          <BreakableName name={path} />
        </code>
      ),
    },
    {
      label: texts.value,
      cell: ({ value }) => <SettingValue value={value} />,
      className: 'max-w-md break-all',
    },
    {
      label: texts.origin,
      cell: ({ origin }) => (
        <Badge tone={origin === 'default' ? 'plain' : 'good'}>{texts.origins[origin]}</Badge>
      ),
    },
  ];
}
