'use client';
import { narrow, useAdminPlace } from '../../lib/admin/admin-place.ts';
import { auditWords } from '../../lib/admin/audit-action.ts';
import { auditReasonWords } from '../../lib/admin/audit-reason.ts';
import { formatTime } from '../../lib/admin/format-time.ts';
import type { AuditRecordReport, AuditPage as Page } from '../../lib/admin/reports.ts';
import { useAdminTexts } from '../../lib/admin/texts/use-admin-texts.ts';
import { usePages } from '../../lib/admin/use-pages.ts';
import { useLanguage, useTexts } from '../../lib/texts/use-texts.ts';
import { AuditCheck } from './audit-check.tsx';
import { Badge } from './badge.tsx';
import { type Column, DataTable } from './data-table.tsx';
import { ChoiceFilter, FilterBar, TextFilter } from './filter-bar.tsx';
import { PageHead } from './page-head.tsx';
import { Pager } from './pager.tsx';
import { ReportView } from './report-view.tsx';
import { SessionLink } from './session-link.tsx';
import { WordedCode } from './worded-code.tsx';

const outcomes = ['allow', 'deny'] as const;

/** Who did what, and whether the log of it is whole. */
export function AuditPage() {
  const texts = useAdminTexts();
  const { filters } = useAdminPlace();
  const { actor, action, session, decision } = filters;
  const report = usePages<Page>({ path: 'audit', query: { actor, action, session, decision } });
  const set = (name: string) => (value: string) =>
    narrow({ page: 'audit', filters: { ...filters, [name]: value } });
  const columns = useColumns();
  return (
    <>
      <PageHead title={texts.pages.audit} onRefresh={report.refresh} />
      <AuditCheck />
      <FilterBar>
        <ChoiceFilter
          label={texts.audit.decision}
          value={decision}
          values={outcomes}
          words={(value) => texts.audit.decisions[value]}
          onChange={set('decision')}
        />
        <TextFilter label={texts.audit.actor} value={actor} onChange={set('actor')} />
        <TextFilter
          label={texts.audit.action}
          hint={texts.audit.actionHint}
          value={action}
          onChange={set('action')}
        />
        <TextFilter label={texts.audit.session} value={session} onChange={set('session')} />
      </FilterBar>
      <ReportView report={report}>
        {({ records, next_cursor: next }) => (
          <>
            <DataTable
              label={texts.pages.audit}
              columns={columns}
              rows={records}
              keyOf={({ position }) => String(position)}
              none={next === null ? texts.none : texts.audit.short}
            />
            <Pager {...report} hasNext={next !== null} />
          </>
        )}
      </ReportView>
    </>
  );
}

function useColumns(): Column<AuditRecordReport>[] {
  const { audit: texts } = useAdminTexts();
  const { errors } = useTexts();
  const language = useLanguage();
  const outcome = (decision: AuditRecordReport['decision']) => (
    <Badge tone={decision === 'allow' ? 'good' : 'bad'}>{texts.decisions[decision]}</Badge>
  );
  return [
    { label: texts.number, cell: ({ position }) => position, isNumber: true, isWideOnly: true },
    {
      label: texts.time,
      cell: ({ time }) => formatTime(time, language),
      className: 'min-w-22 md:whitespace-nowrap',
    },
    { label: texts.actor, cell: ({ actor }) => actor ?? texts.gateway, className: 'min-w-14 break-all' },
    {
      label: texts.action,
      cell: ({ action, decision }) => (
        <>
          <WordedCode code={action} words={auditWords(action, texts.actions)} />
          {/* A phone has no room for a column that nearly always says the same. */}
          {decision === 'deny' && <span className="md:hidden">{outcome(decision)}</span>}
        </>
      ),
      className: 'min-w-20 max-md:w-1/2 md:max-w-80',
    },
    { label: texts.decision, cell: ({ decision }) => outcome(decision), isWideOnly: true },
    {
      ...{ label: texts.reason, isWideOnly: true },
      cell: ({ reason, rules }) => {
        if (reason === null) return rules.join(' ');
        const words = auditReasonWords(reason, texts.reasons, errors.messages);
        return <WordedCode code={[reason, ...rules].join(' ')} words={words} />;
      },
      className: 'max-w-80 break-words',
    },
    {
      ...{ label: texts.session, isWideOnly: true },
      cell: ({ session_id: id }) => (id === null ? '' : <SessionLink id={id} />),
    },
  ];
}
