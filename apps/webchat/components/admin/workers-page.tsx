'use client';
import { CircleStop } from 'lucide-react';
import { useState } from 'react';
import { formatSpan } from '../../lib/admin/format-span.ts';
import type { StatusReport, WorkerReport } from '../../lib/admin/reports.ts';
import { useAdminTexts } from '../../lib/admin/texts/use-admin-texts.ts';
import { useReport } from '../../lib/admin/use-report.ts';
import { formatSize } from '../../lib/format-size.ts';
import { useLanguage, useTexts } from '../../lib/texts/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { useAdminApi, useMay } from './admin-context.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { type Column, DataTable } from './data-table.tsx';
import { PageHead } from './page-head.tsx';
import { ReportView } from './report-view.tsx';
import { SessionLink } from './session-link.tsx';

const everyMs = 5_000;

/** The agents that run: what each of them uses, and the way to stop one. */
export function WorkersPage() {
  const texts = useAdminTexts();
  const status = useReport<StatusReport>({ path: 'status', everyMs });
  const columns = useColumns(status.refresh);
  return (
    <>
      <PageHead title={texts.pages.workers} onRefresh={status.refresh} />
      <ReportView report={status}>
        {({ workers }) => (
          <DataTable
            label={texts.pages.workers}
            columns={columns}
            rows={workers}
            keyOf={({ session_id }) => session_id}
            none={texts.workers.none}
          />
        )}
      </ReportView>
    </>
  );
}

function useColumns(onDone: () => void): Column<WorkerReport>[] {
  const { workers: texts, sessions } = useAdminTexts();
  const { levels } = useTexts().isolation;
  const language = useLanguage();
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  return [
    { label: sessions.agent, cell: ({ worker_type }) => worker_type },
    {
      label: texts.pid,
      cell: ({ pid, processes }) => <span title={texts.processes(processes)}>{pid}</span>,
      isNumber: true,
    },
    { label: sessions.id, cell: ({ session_id }) => <SessionLink id={session_id} />, isWideOnly: true },
    {
      label: sessions.user,
      cell: ({ owner_id }) => owner_id,
      isWideOnly: true,
      className: 'max-w-40 truncate',
    },
    { label: texts.memory, cell: ({ memory_bytes }) => formatSize(memory_bytes), isNumber: true },
    {
      ...{ label: texts.processor, isNumber: true },
      cell: ({ cpu_percent: share }) => (share === null ? '…' : percent.format(share / 100)),
    },
    {
      ...{ label: texts.age, isNumber: true, isWideOnly: true },
      cell: ({ age_ms }) => (age_ms === 0 ? '–' : formatSpan(age_ms, language)),
    },
    { label: texts.isolation, cell: ({ isolation }) => levels[isolation], isWideOnly: true },
    {
      ...{ label: sessions.stop, isLabelHidden: true, className: 'w-px' },
      cell: (worker) => <StopButton worker={worker} onDone={onDone} />,
    },
  ];
}

function StopButton({
  worker: { pid, session_id: id },
  onDone,
}: {
  worker: WorkerReport;
  onDone: () => void;
}) {
  const { workers, sessions: texts } = useAdminTexts();
  const api = useAdminApi();
  const [asking, setAsking] = useState(false);
  if (!useMay('session:write')) return null;
  return (
    <>
      <Button
        tone="quiet"
        size="iconSmall"
        aria-label={workers.stopOf(pid)}
        title={texts.stop}
        onClick={() => setAsking(true)}
      >
        <CircleStop aria-hidden />
      </Button>
      {asking && (
        <ConfirmDialog
          {...{ title: texts.stopTitle, explain: texts.stopExplain, action: texts.stop, done: texts.stopped }}
          {...{ run: () => api.terminate(id), onClose: () => setAsking(false), onDone }}
        />
      )}
    </>
  );
}
