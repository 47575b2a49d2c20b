import { Kysely, PostgresDialect, type PostgresPoolClient, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { StartError } from '../../ground/start-error.ts';
import { placeOf } from '../postgres/to-start-error.ts';
import { cluster } from './0020-cluster.ts';
import { sharedKeys } from './0021-shared-keys.ts';
import { ours } from './migrate.ts';

const all = { ...ours, '0020-cluster': cluster, '0021-shared-keys': sharedKeys };

/** What is used of a connection of `pg`. */
export type MigratedConnection = { query(text: string, values: readonly unknown[]): Promise<unknown> };

/** `HPLX` in ASCII: a number that no other program locks by. */
const migrationLock = 0x48504c58;

/**
 * Takes the steps a PostgreSQL database has not taken yet: all of them or, when one throws, none. Of several that start at
 * once one takes them while the others wait. Throws StartError if the database is a newer version's.
 */
export async function migratePostgres(
  connection: MigratedConnection,
  url: string,
  steps: Readonly<Record<string, Migration>> = all,
): Promise<void> {
  // Kysely speaks to `pg` as this connection is; the one lists the names of commands that the other calls a text.
  const query = connection.query.bind(connection) as PostgresPoolClient['query'];
  const lent: PostgresPoolClient = { query, release() {} };
  const database = new Kysely<unknown>({
    dialect: new PostgresDialect({ pool: { options: {}, connect: async () => lent, end: async () => {} } }),
  });
  await sql`select pg_advisory_lock(${migrationLock}::bigint)`.execute(database);
  try {
    const { rows } = await sql<{
      schema: string;
    }>`select coalesce(current_schema(), 'public') as schema`.execute(database);
    await refuseNewer(database, { url, steps });
    const migrator = new Migrator({
      db: database,
      provider: { getMigrations: async () => ({ ...steps }) },
      // Another schema of the database may have a gateway of its own.
      ...(rows[0] && { migrationTableSchema: rows[0].schema }),
    });
    const { error } = await migrator.migrateToLatest();
    if (error !== undefined) throw error;
  } finally {
    await sql`select pg_advisory_unlock(${migrationLock}::bigint)`.execute(database);
  }
}

async function refuseNewer(
  database: Kysely<unknown>,
  { url, steps }: { url: string; steps: Readonly<Record<string, Migration>> },
): Promise<void> {
  const { rows: tables } = await sql<{ isThere: boolean }>`
    select to_regclass('kysely_migration') is not null as "isThere"`.execute(database);
  if (!tables[0]?.isThere) return;
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(
    database,
  );
  const foreign = rows.find(({ name }) => !Object.hasOwn(steps, name));
  if (!foreign) return;
  throw new StartError(
    `PostgreSQL at ${placeOf(url)} was written by a newer HotPlex (schema ${foreign.name}); run that version or restore a backup`,
  );
}
