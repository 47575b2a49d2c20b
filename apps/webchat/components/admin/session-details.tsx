'use client';
import { ArrowLeft } from 'lucide-react';
import { goTo } from '../../lib/admin/admin-place.ts';
import { formatSpan } from '../../lib/admin/format-span.ts';
import { formatTime } from '../../lib/admin/format-time.ts';
import type { SessionDebugReport, TurnsReport } from '../../lib/admin/reports.ts';
import { useAdminTexts } from '../../lib/admin/texts/use-admin-texts.ts';
import { useReport } from '../../lib/admin/use-report.ts';
import { formatCost } from '../../lib/format-cost.ts';
import { formatTokens } from '../../lib/format-tokens.ts';
import { useLanguage } from '../../lib/texts/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { FigureList } from './figure-list.tsx';
import { PageHead } from './page-head.tsx';
import { ReportView } from './report-view.tsx';
import { SessionActions } from './session-actions.tsx';
import { SessionState } from './session-state.tsx';
import { TurnTable } from './turn-table.tsx';

const everyMs = 5_000;
const toList = () => goTo({ page: 'sessions', filters: {} });

/** How one session stands inside, and what its turns took. */
export function SessionDetails({ id }: { id: string }) {
  const texts = useAdminTexts();
  const path = encodeURIComponent(id);
  const details = useReport<SessionDebugReport>({ path: `debug/sessions/${path}`, everyMs });
  const turns = useReport<TurnsReport>({ path: `sessions/${path}/stats`, everyMs });
  return (
    <>
      <PageHead title={texts.sessions.id} onRefresh={details.refresh}>
        <Button onClick={toList}>
          <ArrowLeft aria-hidden />
          {texts.sessions.back}
        </Button>
      </PageHead>
      <code className="break-all text-muted-foreground text-sm">{id}</code>
      <ReportView report={details}>
        {(value) => (
          <>
            <Inside report={value} />
            <SessionActions session={value.session} onDone={details.refresh} onRemoved={toList} />
          </>
        )}
      </ReportView>
      {details.value && <ReportView report={turns}>{(value) => <Turns report={value} />}</ReportView>}
    </>
  );
}

function Inside({ report: { session, debug } }: { report: SessionDebugReport }) {
  const { sessions: texts } = useAdminTexts();
  const language = useLanguage();
  const process =
    debug.pid === null ? texts.noProcess : debug.is_ending ? texts.ending(debug.pid) : debug.pid;
  return (
    <>
      {!debug.available && <p className="text-sm text-warning">{texts.unavailable}</p>}
      <FigureList
        figures={[
          { label: texts.state, value: <SessionState state={session.state} /> },
          { label: texts.user, value: session.owner_id },
          { label: texts.agent, value: session.worker_type },
          { label: texts.workDir, value: session.work_dir },
          { label: texts.created, value: formatTime(session.created_at, language) },
          { label: texts.changed, value: formatTime(session.updated_at, language) },
          { label: texts.process, value: process },
          { label: texts.idleFor, value: debug.idle_ms === null ? '–' : formatSpan(debug.idle_ms, language) },
          { label: texts.queued, value: debug.queued },
          { label: texts.pending, value: debug.pending },
          { label: texts.events, value: debug.last_seq },
          { label: texts.survives, value: debug.survives_restart ? texts.yes : texts.no },
        ]}
      />
    </>
  );
}

function Turns({ report }: { report: TurnsReport }) {
  const { sessions: texts } = useAdminTexts();
  const { total_cost_usd: cost, total_tokens_in: tokensIn, total_tokens_out: tokensOut } = report;
  const tokens = `${tokensIn === null ? '–' : formatTokens(tokensIn)} / ${tokensOut === null ? '–' : formatTokens(tokensOut)}`;
  return (
    <section className="flex flex-col gap-3">
      <h2 className="font-semibold">{texts.lastTurns}</h2>
      <FigureList
        figures={[
          { label: texts.turns, value: report.total_turns },
          { label: texts.cost, value: cost === null ? '–' : formatCost(cost) },
          { label: texts.tokens, value: tokens },
        ]}
      />
      <TurnTable turns={report.turns} />
    </section>
  );
}
