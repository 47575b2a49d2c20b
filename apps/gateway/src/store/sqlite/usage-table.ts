import { dayOf, type TurnUsage, type UsageLog, type UsageQuery, type UsageRecord } from '../usage-log.ts';
import type { SqliteConnection } from './connect-sqlite.ts';

/** The table `usage_by_day` of a database. */
export type UsageTable = UsageLog & {
  /** Within the transaction of the turn that it is of. */
  add(usage: TurnUsage, now: number): void;
};

const columns: Record<UsageQuery['by'], string> = { user: 'owner_id', agent: 'worker_type', model: 'model' };
/** A figure that nobody gave stays null. */
const plus = (column: string) =>
  `${column} = case when excluded.${column} is null then ${column}
     else coalesce(${column}, 0) + excluded.${column} end`;

/** Prepares what a gateway does with the table. */
export function createUsageTable(connection: SqliteConnection): UsageTable {
  const insert = connection.prepare<TurnUsage & { day: string }>(
    `insert into usage_by_day (day, owner_id, worker_type, model, turns, input_tokens, output_tokens, cost_usd, work_ms)
     values (:day, :ownerId, :workerType, coalesce(:model, ''), 1, :inputTokens, :outputTokens, :costUsd, :workMs)
     on conflict do update set turns = turns + 1, ${plus('input_tokens')}, ${plus('output_tokens')},
       ${plus('cost_usd')}, ${plus('work_ms')}`,
  );
  const prepare = (by: UsageQuery['by']) =>
    connection.prepare<[string, string], UsageRecord>(
      `select day, nullif(${columns[by]}, '') as name, sum(turns) as turns, sum(input_tokens) as inputTokens,
         sum(output_tokens) as outputTokens, sum(cost_usd) as costUsd, sum(work_ms) as workMs
       from usage_by_day where day between ? and ? group by day, ${columns[by]} order by day, ${columns[by]}`,
    );
  const sums = { user: prepare('user'), agent: prepare('agent'), model: prepare('model') };
  return {
    add: (usage, now) => void insert.run({ ...usage, day: dayOf(now) }),
    usage: ({ from, to, by }) => sums[by].all(from, to),
  };
}
