'use client';
import { narrow, useAdminPlace } from '../../lib/admin/admin-place.ts';
import { type SessionPage, type SessionReport, sessionStates } from '../../lib/admin/reports.ts';
import { useAdminTexts } from '../../lib/admin/texts/use-admin-texts.ts';
import { usePages } from '../../lib/admin/use-pages.ts';
import { formatAgo } from '../../lib/format-ago.ts';
import { shortPath } from '../../lib/short-path.ts';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { useNow } from '../../lib/use-now.ts';
import { type Column, DataTable } from './data-table.tsx';
import { ChoiceFilter, FilterBar, TextFilter } from './filter-bar.tsx';
import { PageHead } from './page-head.tsx';
import { Pager } from './pager.tsx';
import { ReportView } from './report-view.tsx';
import { SessionActions } from './session-actions.tsx';
import { SessionLink } from './session-link.tsx';
import { SessionState } from './session-state.tsx';

const everyMs = 5_000;
const perPage = '50';

/** The sessions of everybody as they are now, without what was said in them. */
export function SessionTable() {
  const texts = useAdminTexts();
  const { filters } = useAdminPlace();
  const { state, user, agent, text } = filters;
  const sessions = usePages<SessionPage>({
    ...{ path: 'sessions', everyMs },
    query: { limit: perPage, state, user_id: user, worker_type: agent, text },
  });
  const set = (name: string) => (value: string) =>
    narrow({ page: 'sessions', filters: { ...filters, [name]: value } });
  const columns = useColumns(sessions.refresh);
  return (
    <>
      <PageHead title={texts.pages.sessions} onRefresh={sessions.refresh} />
      <FilterBar>
        <ChoiceFilter
          label={texts.sessions.state}
          value={state}
          values={sessionStates}
          words={(value) => texts.sessions.states[value]}
          onChange={set('state')}
        />
        <TextFilter label={texts.sessions.user} value={user} onChange={set('user')} />
        <TextFilter label={texts.sessions.agent} value={agent} onChange={set('agent')} />
        <TextFilter label={texts.sessions.text} value={text} onChange={set('text')} />
      </FilterBar>
      <ReportView report={sessions}>
        {(page) => (
          <>
            <DataTable
              label={texts.pages.sessions}
              columns={columns}
              rows={page.sessions}
              keyOf={({ id }) => id}
              none={texts.none}
            />
            <Pager {...sessions} hasNext={page.next_cursor !== null} />
          </>
        )}
      </ReportView>
    </>
  );
}

function useColumns(onDone: () => void): Column<SessionReport>[] {
  const { sessions: texts } = useAdminTexts();
  const { time } = useTexts();
  const now = useNow(10_000);
  return [
    { label: texts.id, cell: ({ id }) => <SessionLink id={id} /> },
    { label: texts.state, cell: ({ state }) => <SessionState state={state} /> },
    { label: texts.user, cell: ({ owner_id }) => owner_id, className: 'max-w-30 truncate md:max-w-40' },
    { label: texts.agent, cell: ({ worker_type }) => worker_type, isWideOnly: true },
    {
      ...{ label: texts.workDir, isWideOnly: true, className: 'max-w-60 truncate' },
      cell: ({ work_dir }) => <span title={work_dir}>{shortPath(work_dir)}</span>,
    },
    {
      ...{ label: texts.changed, isWideOnly: true, className: 'whitespace-nowrap' },
      cell: ({ updated_at }) => formatAgo(Math.max(0, now - Date.parse(updated_at)), time),
    },
    {
      // In a narrow window they are in the details.
      ...{ label: texts.stop, isLabelHidden: true, isWideOnly: true, className: 'w-px' },
      cell: (session) => <SessionActions session={session} onDone={onDone} isCompact />,
    },
  ];
}
