import { migration } from './migration.ts';

/** How long agents worked, by the day: begins with the turns whose logs are there, as the other sums did. */
const statements = [
  `alter table usage_by_day add column work_ms real`,
  {
    // On PostgreSQL there is no log yet when this step is taken.
    sqlite: `update usage_by_day set work_ms = logged.work_ms
      from (
        select date(timestamp / 1000, 'unixepoch') as day, owner_id, worker_type,
          coalesce(json_extract(data, '$.stats.model'), '') as model,
          cast(sum(json_extract(data, '$.stats.duration_ms')) as real) as work_ms
        from (select session_id, timestamp, data from events where type = 'done' and json_valid(data) group by id)
        join sessions on sessions.id = session_id
        group by 1, 2, 3, 4
      ) as logged
      where usage_by_day.day = logged.day and usage_by_day.owner_id = logged.owner_id
        and usage_by_day.worker_type = logged.worker_type and usage_by_day.model = logged.model`,
  },
];

export const workByDay = migration(statements);
