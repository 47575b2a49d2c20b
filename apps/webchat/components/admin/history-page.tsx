'use client';
import { formatTime } from '../../lib/admin/format-time.ts';
import type { ConfigHistoryReport, ConfigVersionReport } from '../../lib/admin/reports.ts';
import { useAdminTexts } from '../../lib/admin/texts/use-admin-texts.ts';
import { useReport } from '../../lib/admin/use-report.ts';
import { useLanguage, useTexts } from '../../lib/texts/use-texts.ts';
import { useMay } from './admin-context.tsx';
import { Badge } from './badge.tsx';
import { type Column, DataTable } from './data-table.tsx';
import { PageHead } from './page-head.tsx';
import { ReportView } from './report-view.tsx';
import { RollbackButton } from './rollback-button.tsx';
import { SettingChanges } from './setting-changes.tsx';

/** The configurations that were in force: since when, who brought them, what they changed, and the way back. */
export function HistoryPage() {
  const texts = useAdminTexts();
  const history = useReport<ConfigHistoryReport>({ path: 'config/history' });
  const columnsOf = useColumns(history.refresh);
  return (
    <>
      <PageHead title={texts.pages.history} onRefresh={history.refresh} />
      <p className="text-muted-foreground text-sm">{texts.history.explain}</p>
      <ReportView report={history}>
        {({ version, entries }) => (
          <DataTable
            label={texts.pages.history}
            columns={columnsOf(version)}
            rows={entries}
            keyOf={(entry) => String(entry.version)}
            none={texts.none}
          />
        )}
      </ReportView>
    </>
  );
}

function useColumns(onRolledBack: () => void): (current: number) => Column<ConfigVersionReport>[] {
  const { history: texts, audit } = useAdminTexts();
  const { aside } = useTexts();
  const language = useLanguage();
  const mayRollBack = useMay('admin:write');
  return (current) => [
    {
      label: texts.version,
      cell: ({ version }) => (
        <span className="flex items-center gap-2 tabular-nums">
          {version}
          {version === current && <Badge tone="good">{texts.inForce}</Badge>}
        </span>
      ),
    },
    {
      label: texts.since,
      cell: ({ time }) => formatTime(time, language),
      className: 'min-w-22 md:whitespace-nowrap',
    },
    {
      ...{ label: texts.who, isWideOnly: true },
      cell: ({ actor, origin }) => aside(actor ?? audit.gateway, texts.origins[origin]),
      className: 'break-all',
    },
    {
      label: texts.changes,
      cell: ({ changes }) => <SettingChanges changes={changes} />,
      className: 'min-w-40 max-w-md',
    },
    ...(mayRollBack
      ? [
          {
            ...{ label: texts.rollback, isLabelHidden: true },
            cell: ({ version }: ConfigVersionReport) =>
              version !== current && <RollbackButton version={version} onDone={onRolledBack} />,
          },
        ]
      : []),
  ];
}
