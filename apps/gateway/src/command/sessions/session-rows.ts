import type { SessionSummary } from '@hotplex/client-sdk';
import { plainLine } from '../terminal/plain-text.ts';

/** Sessions as a table for people, with its heading. */
export function sessionRows(sessions: readonly SessionSummary[]): string[][] {
  return [
    ['ID', 'AGENT', 'STATE', 'CHANGED', 'TITLE'],
    ...sessions.map(({ id, worker_type: agent, state, pending, updated_at: changed, title }) => [
      ...[id.slice(0, 8), agent, pending > 0 ? `${state}, asks` : state, minute(changed)],
      plainLine(title ?? '–', 60),
    ]),
  ];
}

/** What there is to know of one, line by line. */
export function sessionLines(session: SessionSummary): string[][] {
  const { totals, terminal_command: command, pending, queued } = session;
  const figures: [string, string | null][] = [
    ['id', session.id],
    ['title', session.title],
    ['agent', session.worker_type],
    ['state', session.archived ? `${session.state}, archived` : session.state],
    ['work dir', session.work_dir],
    ['model', session.config.model ?? null],
    ['begun', minute(session.created_at)],
    ['changed', minute(session.updated_at)],
    ['turns', String(totals.turn_count)],
    ['tokens', totals.total_tokens === null ? null : String(totals.total_tokens)],
    ['cost', totals.cost_usd === null ? null : `$${totals.cost_usd.toFixed(4)}`],
    [
      'asks',
      pending === 0 ? null : `${pending} that wait for you: hotplex chat --resume ${session.id.slice(0, 8)}`,
    ],
    ['waiting', queued === 0 ? null : `${queued} prompts`],
    ['in a terminal', command ? command.join(' ') : null],
  ];
  return figures.flatMap(([name, value]) => (value === null ? [] : [[name, plainLine(value, 400)]]));
}

const minute = (time: string) => `${time.slice(0, 16).replace('T', ' ')}Z`;
