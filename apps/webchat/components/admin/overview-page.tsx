'use client';
import { formatSpan } from '../../lib/admin/format-span.ts';
import type { HealthReport, PoolReport, StatsReport, StatusReport } from '../../lib/admin/reports.ts';
import { useAdminTexts } from '../../lib/admin/texts/use-admin-texts.ts';
import { useReport } from '../../lib/admin/use-report.ts';
import { formatSize } from '../../lib/format-size.ts';
import { useLanguage } from '../../lib/texts/use-texts.ts';
import { useMay } from './admin-context.tsx';
import { FigureList } from './figure-list.tsx';
import { HealthCard } from './health-card.tsx';
import { PageHead } from './page-head.tsx';
import { ReportView } from './report-view.tsx';

const everyMs = 5_000;

/** Whether all is well, and how much of everything there is. */
export function OverviewPage() {
  const texts = useAdminTexts();
  const mayProbe = useMay('health:read');
  const stats = useReport<StatsReport>({ path: 'stats', everyMs });
  return (
    <>
      <PageHead title={texts.pages.overview} onRefresh={stats.refresh} />
      {mayProbe && <Health />}
      <ReportView report={stats}>{(value) => <Figures stats={value} />}</ReportView>
    </>
  );
}

function Health() {
  const health = useReport<HealthReport>({ path: 'health', everyMs });
  return <ReportView report={health}>{(value) => <HealthCard health={value} />}</ReportView>;
}

function Figures({ stats: { gateway, database } }: { stats: StatsReport }) {
  const texts = useAdminTexts().overview;
  const language = useLanguage();
  const { value: pool } = useReport<PoolReport>({ path: 'pool', everyMs });
  const { value: status } = useReport<StatusReport & { version: string }>({ path: 'status', everyMs });
  const share = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
  return (
    <FigureList
      figures={[
        { label: texts.version, value: status?.version ?? '…' },
        { label: texts.uptime, value: formatSpan(gateway.uptime_seconds * 1_000, language) },
        { label: texts.thread, value: share.format(gateway.event_loop_share) },
        { label: texts.memory, value: formatSize(gateway.memory_bytes) },
        { label: texts.database, value: formatSize(database.size_bytes) },
        { label: texts.connections, value: gateway.websocket_connections },
        { label: texts.sessions, value: texts.sessionsOf(gateway.sessions_active, gateway.sessions_total) },
        { label: texts.agents, value: pool ? texts.agentsOf(pool.total, pool.max) : '…' },
      ]}
    />
  );
}
