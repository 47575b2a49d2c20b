import { migration } from './migration.ts';

/**
 * What receivers outside are still to be told. It has its own copy of what happened: a session may be deleted before its
 * receiver answers. What is dead goes with its session.
 */
const statements = [
  `create table hook_deliveries (
    id integer primary key,
    target text not null,
    session_id text not null,
    event_id text not null,
    message text not null,
    state text not null,
    attempts integer not null,
    due_at integer not null,
    problem text
  ) strict`,
  `create index hook_deliveries_by_time on hook_deliveries (target, state, due_at, id)`,
  {
    sqlite: `create trigger dead_deliveries_removed after delete on sessions begin
      delete from hook_deliveries where session_id = old.id and state = 'dead';
    end`,
    postgres: `create index dead_deliveries on hook_deliveries (session_id) where state = 'dead';
      create function remove_dead_deliveries() returns trigger language plpgsql as $$ begin
        delete from hook_deliveries where session_id = old.id and state = 'dead';
        return null;
      end $$;
      create trigger dead_deliveries_removed after delete on sessions
        for each row execute function remove_dead_deliveries()`,
  },
];

export const hookDeliveries = migration(statements);
