import type { Config } from '../config-schema.ts';
import { expandPath } from '../start-checks.ts';
import { type OpenCredentials, openSqliteCredentials } from '../store/sqlite/open-credentials.ts';

export type { OpenCredentials } from '../store/sqlite/open-credentials.ts';

/** The credentials, and what is to be delivered, of the gateway’s database, whichever it is. Throws StartError. */
export async function openCredentials({ db }: Pick<Config, 'db'>): Promise<OpenCredentials> {
  if (db.url === undefined) return openSqliteCredentials(expandPath(db.path));
  const { openPostgresCredentials } = await import('../store/postgres/open-credentials.ts');
  return openPostgresCredentials(db.url);
}
