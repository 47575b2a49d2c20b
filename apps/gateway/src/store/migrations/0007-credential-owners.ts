import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Whose a credential is and since when: all of a user's can be ended at once, and a key's name can be used again. */
const statements = [
  sql`create table revoked_subjects (
    subject text primary key,
    until integer not null
  ) strict, without rowid`,
  sql`alter table refresh_tokens add column signed_in_at integer not null default 0`,
  sql`alter table api_keys add column subject text not null default ''`,
  sql`update api_keys set subject = 'key:' || name`,
];

export const credentialOwners: Migration = {
  async up(database) {
    for (const statement of statements) await statement.execute(database);
  },
};
