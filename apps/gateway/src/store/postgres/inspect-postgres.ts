import { StartError } from '../../ground/start-error.ts';
import { connectPostgres, type PostgresClient } from './connect-postgres.ts';
import { postgresMigrationNames } from './schema-identity.ts';
import { placeOf, toStartError } from './to-start-error.ts';

const connectMs = 10_000;
/** The oldest that this was tested with; older ones are not kept up any more (postgresql.org/support/versioning). */
const oldest = 15;

export type FoundPostgres = {
  place: string;
  /** Of the server, such as `15.14`. */
  version: string;
  /** Whether our tables are there, and as they have to be. */
  schema: 'none' | 'behind' | 'current';
};

/** What there is at an address, looked at only. Throws StartError if a gateway could not work with it. */
export async function inspectPostgres(url: string): Promise<FoundPostgres> {
  try {
    const client = await connectPostgres({ url, connectMs, statementMs: connectMs });
    try {
      return {
        place: placeOf(url),
        version: await requireVersion(client, url),
        schema: await schemaOf(client, url),
      };
    } finally {
      await client.end();
    }
  } catch (error) {
    throw toStartError(url, error);
  }
}

/** The version of the server. Throws StartError if it is too old. */
export async function requireVersion(client: PostgresClient, url: string): Promise<string> {
  const { rows } = await client.query<{ version: string }>(
    `select current_setting('server_version') as version`,
  );
  const version = rows[0]?.version.split(' ')[0] ?? 'unknown';
  if (Number.parseInt(version, 10) >= oldest) return version;
  throw new StartError(`PostgreSQL ${version} at ${placeOf(url)} is too old: ${oldest} or newer is needed`);
}

/** Throws StartError if a newer version has written it. */
async function schemaOf(client: PostgresClient, url: string): Promise<FoundPostgres['schema']> {
  const { rows: tables } = await client.query<{ isThere: boolean }>(
    `select to_regclass('kysely_migration') is not null as "isThere"`,
  );
  if (!tables[0]?.isThere) return 'none';
  const { rows } = await client.query<{ name: string }>('select name from kysely_migration order by name');
  const known: readonly string[] = postgresMigrationNames;
  const foreign = rows.find(({ name }) => !known.includes(name));
  if (!foreign) return rows.length === known.length ? 'current' : 'behind';
  throw new StartError(
    `PostgreSQL at ${placeOf(url)} was written by a newer HotPlex (schema ${foreign.name}); run that version or restore a backup`,
  );
}
