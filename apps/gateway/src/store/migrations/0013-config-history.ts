import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Configurations that were in force. The settings themselves are sealed by a key that is not in the database. */
export const configHistory: Migration = {
  async up(database) {
    await sql`create table config_history (
      version integer primary key autoincrement,
      time integer not null,
      actor text,
      origin text not null,
      changes text not null,
      sealed text not null
    ) strict`.execute(database);
  },
};
