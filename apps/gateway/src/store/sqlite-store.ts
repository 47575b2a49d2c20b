import type { Clock } from '../ground/clock.ts';
import { type Logger, silentLogger } from '../ground/logger.ts';
import { createDatabaseAccess } from './sqlite/database-access.ts';
import { openDatabase, type Synchronous } from './sqlite/open-database.ts';
import { createSessionQueries } from './sqlite/session-queries.ts';
import { createSessionWrites } from './sqlite/session-writes.ts';
import { createSqliteCredentials } from './sqlite/sqlite-credentials.ts';
import { withSearch } from './sqlite/with-search.ts';
import type { CredentialStore, SessionStore } from './store.ts';

export type SqliteStoreOptions = {
  /** The database file; it and its folder are created if they are missing. */
  path: string;
  clock: Clock;
  logger?: Logger;
  /** Default `normal`. */
  synchronous?: Synchronous;
};

/** Sessions and credentials in one SQLite file, for one gateway. Throws StartError; then the file is as it was. */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<SessionStore & CredentialStore> {
  const { path, clock, logger = silentLogger, synchronous = 'normal' } = options;
  const startedAt = clock.elapsed();
  const { connection, close } = await openDatabase(path, synchronous);
  const access = createDatabaseAccess(connection);
  const { stop, ...sessions } = withSearch(
    {
      ...createSessionQueries(connection, access, logger),
      ...createSessionWrites(connection, access, logger),
    },
    { connection, access, clock, logger },
  );
  const store = {
    ...sessions,
    ...createSqliteCredentials(connection, access),
    close() {
      stop();
      access.read(close);
    },
  };
  logger.debug({ path, ms: Math.round(clock.elapsed() - startedAt) }, 'store open');
  return store;
}
