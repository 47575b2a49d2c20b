import type Database from 'better-sqlite3';
import * as sessions from './migrations/0001-sessions.ts';

const migrations = { '0001-sessions': sessions };

/** The schema version this code needs: stored in the file as `user_version`. */
export const schemaVersion = Object.keys(migrations).length;

/** Brings the schema up to date. The library is loaded only when there is something to do: a warm start should be quick. */
export async function migrate(database: Database.Database): Promise<void> {
  if (Number(database.pragma('user_version', { simple: true })) === schemaVersion) return;
  const { Kysely, SqliteDialect } = await import('kysely');
  const { Migrator } = await import('kysely/migration');
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database }) });
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
  database.pragma(`user_version = ${schemaVersion}`);
}
