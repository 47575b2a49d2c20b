import { migration } from './migration.ts';

/**
 * What turns took, by the day (UTC): sums, nothing that was said. It outlives the sessions, so that costs do not become
 * less when somebody deletes one. It begins with the turns whose logs are there; a fork has copies of them.
 * NOTE: a key holds no null: a model that was not named is the empty text.
 */
const statements = [
  `create table usage_by_day (
    day text not null,
    owner_id text not null,
    worker_type text not null,
    model text not null,
    turns integer not null,
    input_tokens real,
    output_tokens real,
    cost_usd real,
    primary key (day, owner_id, worker_type, model)
  ) strict, without rowid`,
  {
    // On PostgreSQL there is no log yet when this step is taken.
    sqlite: `insert into usage_by_day
      select date(timestamp / 1000, 'unixepoch'), owner_id, worker_type,
        coalesce(json_extract(data, '$.stats.model'), ''), count(*),
        cast(sum(json_extract(data, '$.stats.input_tokens')) as real),
        cast(sum(json_extract(data, '$.stats.output_tokens')) as real),
        cast(sum(json_extract(data, '$.stats.cost_usd')) as real)
      from (select session_id, timestamp, data from events where type = 'done' and json_valid(data) group by id)
      join sessions on sessions.id = session_id
      group by 1, 2, 3, 4`,
  },
];

export const usageByDay = migration(statements);
