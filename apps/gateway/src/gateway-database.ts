import type { Config } from './config-schema.ts';
import { databaseBytes, databaseFreeBytes } from './database-files.ts';
import type { Clock } from './ground/clock.ts';
import type { Logger } from './ground/logger.ts';
import { expandPath } from './start-checks.ts';
import { lockInstance } from './store/sqlite/instance-lock.ts';
import { prepareLocation } from './store/sqlite/prepare-location.ts';
import { openSqliteStore } from './store/sqlite-store.ts';
import type { Store } from './store/store.ts';

/** What operators see of the database. */
export type GatewayDatabase = {
  type: 'sqlite' | 'postgresql';
  /** How large it is, bytes. */
  bytes(): number;
  /** What its disk has left for us, bytes; undefined if it does not tell. */
  freeBytes(): number | undefined;
};

export type OpenedDatabase = { store: Store; database: GatewayDatabase };

type Parts = { clock: Clock; logger: Logger };

/** Opens the database that the configuration names, for this gateway alone. Throws StartError. */
export async function openGatewayDatabase({ db }: Pick<Config, 'db'>, parts: Parts): Promise<OpenedDatabase> {
  const path = expandPath(db.path);
  if (db.url !== undefined) return openPostgres(db.url, path, parts);
  const store = await openSqliteStore({ path, ...parts });
  const bytes = () => databaseBytes(path);
  return { store, database: { type: 'sqlite', bytes, freeBytes: () => databaseFreeBytes(path) } };
}

/** NOTE: keys and the pipes of agents lie beside the path of the file: that folder, too, is one gateway’s alone. */
async function openPostgres(url: string, path: string, parts: Parts): Promise<OpenedDatabase> {
  const { openPostgresStore } = await import('./store/postgres-store.ts');
  const lock = lockInstance(prepareLocation(path));
  try {
    const { bytes, ...store } = await openPostgresStore({ url, ...parts });
    const close = () => {
      store.close();
      lock.release();
    };
    return {
      store: { ...store, close },
      database: { type: 'postgresql', bytes, freeBytes: () => undefined },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}
