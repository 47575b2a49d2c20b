import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Who did what. It outlives the sessions it names, and what is in it stays as it is. */
const statements = [
  sql`create table audit (
    position integer primary key,
    time integer not null,
    actor text,
    session_id text,
    action text not null,
    decision text not null,
    reason text,
    rules text not null,
    input_hash text,
    previous text not null,
    hash text not null
  ) strict`,
  sql`create trigger audit_is_not_changed before update on audit begin
    select raise(abort, 'the audit log is append-only');
  end`,
  sql`create trigger audit_is_not_removed before delete on audit begin
    select raise(abort, 'the audit log is append-only');
  end`,
];

export const audit: Migration = {
  async up(database) {
    for (const statement of statements) await statement.execute(database);
  },
};
