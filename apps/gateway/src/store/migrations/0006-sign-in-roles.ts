import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What somebody signed in as, and when he has to sign in anew however often he refreshes. */
const statements = [
  sql`alter table refresh_tokens add column role text not null default 'driver'`,
  sql`alter table refresh_tokens add column ends_at integer`,
];

export const signInRoles: Migration = {
  async up(database) {
    for (const statement of statements) await statement.execute(database);
  },
};
