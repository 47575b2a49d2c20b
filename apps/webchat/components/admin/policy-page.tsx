'use client';
import { narrow, useAdminPlace } from '../../lib/admin/admin-place.ts';
import { formatTime } from '../../lib/admin/format-time.ts';
import { type PolicyDecisionReport, type PolicyReport, verdicts } from '../../lib/admin/reports.ts';
import { useAdminTexts } from '../../lib/admin/texts/use-admin-texts.ts';
import { useReport } from '../../lib/admin/use-report.ts';
import { useLanguage } from '../../lib/texts/use-texts.ts';
import { PolicyReason } from '../policy-reason.tsx';
import { Badge, type BadgeTone } from './badge.tsx';
import { type Column, DataTable } from './data-table.tsx';
import { ChoiceFilter, FilterBar, TextFilter } from './filter-bar.tsx';
import { PageHead } from './page-head.tsx';
import { ReportView } from './report-view.tsx';
import { SessionLink } from './session-link.tsx';

const tones: Record<PolicyDecisionReport['decision'], BadgeTone> = {
  allow: 'good',
  ask: 'doubtful',
  deny: 'bad',
};

/** What the policy said of tool calls, and by which rule. */
export function PolicyPage() {
  const texts = useAdminTexts();
  const { filters } = useAdminPlace();
  const { decision, rule, session, user } = filters;
  const report = useReport<PolicyReport>({
    path: 'policy/decisions',
    query: { limit: '200', decision, rule, session, user_id: user },
  });
  const set = (name: string) => (value: string) =>
    narrow({ page: 'policy', filters: { ...filters, [name]: value } });
  const columns = useColumns();
  return (
    <>
      <PageHead title={texts.pages.policy} onRefresh={report.refresh} />
      <FilterBar>
        <ChoiceFilter
          label={texts.policy.decision}
          value={decision}
          values={verdicts}
          words={(value) => texts.policy.decisions[value]}
          onChange={set('decision')}
        />
        <TextFilter label={texts.policy.rule} value={rule} onChange={set('rule')} />
        <TextFilter label={texts.sessions.user} value={user} onChange={set('user')} />
        <TextFilter label={texts.sessions.id} value={session} onChange={set('session')} />
      </FilterBar>
      <ReportView report={report}>
        {({ decisions, total }) => (
          <>
            <p className="text-muted-foreground text-sm">{texts.policy.explain(total)}</p>
            <DataTable
              label={texts.pages.policy}
              columns={columns}
              rows={decisions.map((each, index) => ({ ...each, key: `${total - index}` }))}
              keyOf={({ key }) => key}
              none={texts.none}
            />
          </>
        )}
      </ReportView>
    </>
  );
}

function useColumns(): Column<PolicyDecisionReport>[] {
  const { policy: texts, sessions } = useAdminTexts();
  const language = useLanguage();
  return [
    {
      ...{ label: texts.time, isWideOnly: true, className: 'whitespace-nowrap' },
      cell: ({ time }) => formatTime(time, language),
    },
    {
      label: texts.decision,
      cell: ({ decision, rule }) => (
        <>
          <Badge tone={tones[decision]}>{texts.decisions[decision]}</Badge>
          <code className="block text-muted-foreground text-xs md:hidden">{rule}</code>
        </>
      ),
    },
    { label: texts.rule, cell: ({ rule }) => <code className="text-xs">{rule}</code>, isWideOnly: true },
    { label: texts.tool, cell: ({ tool }) => tool },
    { label: texts.reason, cell: (call) => <PolicyReason {...call} />, className: 'min-w-28 md:min-w-40' },
    { label: sessions.user, cell: ({ owner_id }) => owner_id, isWideOnly: true },
    { label: sessions.id, cell: ({ session_id }) => <SessionLink id={session_id} />, isWideOnly: true },
  ];
}
