'use client';
import { formatTime } from '../../lib/admin/format-time.ts';
import type { TurnsReport } from '../../lib/admin/reports.ts';
import { useAdminTexts } from '../../lib/admin/texts/use-admin-texts.ts';
import { formatCost } from '../../lib/format-cost.ts';
import { formatDuration } from '../../lib/format-duration.ts';
import { formatTokens } from '../../lib/format-tokens.ts';
import { useLanguage, useTexts } from '../../lib/texts/use-texts.ts';
import { Badge } from './badge.tsx';
import { DataTable } from './data-table.tsx';

const shown = (figure: number | null, format: (value: number) => string) =>
  figure === null ? '–' : format(figure);

/** What each of the last turns took. */
export function TurnTable({ turns }: Pick<TurnsReport, 'turns'>) {
  const { sessions: texts, none } = useAdminTexts();
  const { time } = useTexts();
  const language = useLanguage();
  return (
    <DataTable
      label={texts.lastTurns}
      rows={turns}
      keyOf={({ seq }) => String(seq)}
      none={none}
      columns={[
        {
          label: texts.ended,
          cell: (turn) => formatTime(turn.created_at, language),
          className: 'whitespace-nowrap',
        },
        {
          label: texts.result,
          cell: ({ success }) => (
            <Badge tone={success ? 'good' : 'bad'}>{success ? texts.succeeded : texts.failedTurn}</Badge>
          ),
        },
        { label: texts.model, cell: ({ model }) => model ?? '–', isWideOnly: true },
        {
          ...{ label: texts.duration, isNumber: true, isWideOnly: true },
          cell: ({ duration_ms }) => shown(duration_ms, (ms) => formatDuration(ms, time)),
        },
        {
          ...{ label: texts.tokens, isNumber: true, isWideOnly: true },
          cell: (turn) => `${shown(turn.tokens_in, formatTokens)} / ${shown(turn.tokens_out, formatTokens)}`,
        },
        { label: texts.cost, isNumber: true, cell: ({ cost_usd }) => shown(cost_usd, formatCost) },
      ]}
    />
  );
}
