import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Sessions that were put away: they are kept, and not in the list. */
const statements = [sql`alter table sessions add column is_archived integer not null default 0`];

export const archivedSessions: Migration = {
  async up(database) {
    for (const statement of statements) await statement.execute(database);
  },
};
