import { openDatabase } from '../sqlite/open-database.ts';
import { codeOf } from './bridge-error.ts';
import { connectPostgres, type PostgresClient } from './connect-postgres.ts';
import { copyDatabase, type TableCopy } from './copy-database.ts';
import { openPostgresDatabase } from './open-postgres-database.ts';
import { placeOf, toStartError } from './to-start-error.ts';

const connectMs = 10_000;

/**
 * Copies a database file, on which no gateway runs, into an empty PostgreSQL database, in one transaction: what is
 * interrupted leaves nothing. `progress` hears how much is done, from 0 to 1. Throws StartError.
 */
export async function copyIntoPostgres(
  path: string,
  url: string,
  progress: (share: number) => void = () => {},
): Promise<{ place: string; tables: TableCopy[] }> {
  const place = placeOf(url);
  const { connection: source, close } = await openDatabase(path, 'normal');
  try {
    // Held as long as the copy takes, so that no gateway begins to work there.
    const access = await openPostgresDatabase({ url });
    const client = await connectPostgres({ url, connectMs, statementMs: 0 });
    try {
      await client.query('begin');
      const tables = await copyDatabase({ source, query: queryOf(client), place, progress });
      await client.query('commit');
      return { place, tables };
    } finally {
      await client.end();
      access.close();
    }
  } catch (error) {
    throw codeOf(error) === undefined ? error : toStartError(url, error);
  } finally {
    close();
  }
}

const queryOf =
  (client: PostgresClient): Parameters<typeof copyDatabase>[0]['query'] =>
  async (text, values = []) => {
    const { rows } = await client.query({ text, values: [...values] });
    return rows;
  };
