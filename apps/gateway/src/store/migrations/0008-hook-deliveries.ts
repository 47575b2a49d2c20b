import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * What receivers outside are still to be told. It has its own copy of what happened: a session may be deleted before its
 * receiver answers. What is dead goes with its session.
 */
const statements = [
  sql`create table hook_deliveries (
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
  sql`create index hook_deliveries_by_time on hook_deliveries (target, state, due_at, id)`,
  sql`create trigger dead_deliveries_removed after delete on sessions begin
    delete from hook_deliveries where session_id = old.id and state = 'dead';
  end`,
];

export const hookDeliveries: Migration = {
  async up(database) {
    for (const statement of statements) await statement.execute(database);
  },
};
