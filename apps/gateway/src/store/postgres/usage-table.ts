import { dayOf, type TurnUsage, type UsageLog, type UsageQuery, type UsageRecord } from '../usage-log.ts';
import type { AppendParts } from './append-part.ts';
import type { PostgresAccess } from './postgres-access.ts';

const columns: Record<UsageQuery['by'], string> = { user: 'owner_id', agent: 'worker_type', model: 'model' };
/** What is summed, by its column. */
const figures: readonly [column: string, of: (usage: TurnUsage) => number | null][] = [
  ['input_tokens', ({ inputTokens }) => inputTokens],
  ['output_tokens', ({ outputTokens }) => outputTokens],
  ['cost_usd', ({ costUsd }) => costUsd],
  ['work_ms', ({ workMs }) => workMs],
];
/** A figure that nobody gave stays null. */
const plus = (column: string) =>
  `${column} = case when excluded.${column} is null then usage_by_day.${column}
     else coalesce(usage_by_day.${column}, 0) + excluded.${column} end`;

/** Adds what goes with steps of sessions; sums first, since a row cannot be changed twice by one statement. */
export const usagePart: AppendParts['usage'] = (rows) => (place) => {
  const values = [
    `${place(rows.map(({ sessionId }) => sessionId))}::text[]`,
    `${place(rows.map(({ now }) => dayOf(now)))}::text[]`,
    `${place(rows.map(({ value }) => value.ownerId))}::text[]`,
    `${place(rows.map(({ value }) => value.workerType))}::text[]`,
    `${place(rows.map(({ value }) => value.model ?? ''))}::text[]`,
    ...figures.map(([, of]) => `${place(rows.map(({ value }) => of(value)))}::double precision[]`),
  ];
  const names = figures.map(([column]) => column);
  return [
    `used as (
      insert into usage_by_day (day, owner_id, worker_type, model, turns, ${names.join(', ')})
      select day, owner_id, worker_type, model, count(*), ${names.map((name) => `sum(${name})`).join(', ')}
      from unnest(${values.join(', ')})
        as given (session_id, day, owner_id, worker_type, model, ${names.join(', ')})
      join stored using (session_id)
      group by day, owner_id, worker_type, model
      order by day, owner_id, worker_type, model
      on conflict (day, owner_id, worker_type, model) do update
        set turns = usage_by_day.turns + excluded.turns, ${names.map(plus).join(', ')})`,
  ];
};

/** The table `usage_by_day` of a database. */
export function createUsageTable(access: PostgresAccess): UsageLog {
  return {
    usage({ from, to, by }) {
      const name = `${columns[by]} collate "C"`;
      const text = `select day, nullif(${columns[by]}, '') as name, sum(turns)::bigint as turns,
          sum(input_tokens) as "inputTokens", sum(output_tokens) as "outputTokens", sum(cost_usd) as "costUsd",
          sum(work_ms) as "workMs"
        from usage_by_day where day between $1 and $2
        group by day, ${columns[by]} order by day collate "C", ${name}`;
      return access.read<UsageRecord>({ text, values: [from, to] });
    },
  };
}
