import { connectPostgres } from './connect-postgres.ts';
import { requireVersion } from './inspect-postgres.ts';
import { openPostgresAccess, type PostgresAccessOptions } from './open-postgres-access.ts';
import type { PostgresAccess } from './postgres-access.ts';
import { toStartError } from './to-start-error.ts';

/** How long a start waits for a connection, milliseconds; for its turn to change the schema it waits as long as it takes. */
const connectMs = 10_000;

/** Opens a database at our schema, bringing it there if it is behind. Throws StartError; then the database is as it was. */
export async function openPostgresDatabase(options: PostgresAccessOptions): Promise<PostgresAccess> {
  const access = await openPostgresAccess(options);
  try {
    await preparePostgres(options.url);
    return access;
  } catch (error) {
    access.close();
    throw error;
  }
}

/** Brings the schema up to date. Throws StartError, also if the server is too old. */
export async function preparePostgres(url: string): Promise<void> {
  const { migratePostgres } = await import('../migrations/migrate-postgres.ts');
  try {
    const client = await connectPostgres({ url, connectMs, statementMs: 0 });
    try {
      await requireVersion(client, url);
      await migratePostgres(client, url);
    } finally {
      await client.end();
    }
  } catch (error) {
    throw toStartError(url, error);
  }
}
