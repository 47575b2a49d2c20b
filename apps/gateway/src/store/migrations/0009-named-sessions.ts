import { migration } from './migration.ts';

/**
 * Whether a session has a name of its own. Of those there are it is taken from their logs: only the name that a first
 * prompt gives for want of another is told outside of a turn, right behind the turn’s beginning.
 */
const statements = [
  `alter table sessions add column is_named integer not null default 0`,
  {
    // On PostgreSQL there is no session yet when this step is taken.
    sqlite: `update sessions set is_named = 1 where title is not null and coalesce(
      (select turn_id is not null or not exists (
         select 1 from events as before
         where before.session_id = told.session_id and before.seq = told.seq - 1 and before.type = 'state'
           and json_extract(before.data, '$.state') = 'running')
       from events as told where told.session_id = sessions.id and told.type = 'session.title' order by seq desc limit 1),
      1)`,
  },
];

export const namedSessions = migration(statements);
