import type { AuditEntry } from '../ground/audit.ts';
import type { Clock } from '../ground/clock.ts';
import { type Logger, silentLogger } from '../ground/logger.ts';
import { createApprovalLinkTable } from './sqlite/approval-link-table.ts';
import { createAuditTable } from './sqlite/audit-table.ts';
import { createConfigTable } from './sqlite/config-table.ts';
import { createDatabaseAccess } from './sqlite/database-access.ts';
import { DatabaseLog } from './sqlite/database-log.ts';
import { createHookTable } from './sqlite/hook-table.ts';
import { openDatabase, type Synchronous } from './sqlite/open-database.ts';
import { createPushTable } from './sqlite/push-table.ts';
import { createSessionQueries } from './sqlite/session-queries.ts';
import { createSessionWrites } from './sqlite/session-writes.ts';
import { createShareLinkTable } from './sqlite/share-link-table.ts';
import { createSqliteCredentials } from './sqlite/sqlite-credentials.ts';
import { createUsageTable } from './sqlite/usage-table.ts';
import { withSearch } from './sqlite/with-search.ts';
import type { AuditQuery, Store, UsageQuery } from './store.ts';

export type SqliteStoreOptions = {
  /** The database file; it and its folder are created if they are missing. */
  path: string;
  clock: Clock;
  logger?: Logger;
  /** Default `normal`. */
  synchronous?: Synchronous;
};

/** All that a gateway keeps, in one SQLite file, for one gateway. Throws StartError; then the file is as it was. */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<Store> {
  const { path, clock, logger = silentLogger, synchronous = 'normal' } = options;
  const startedAt = clock.elapsed();
  const { connection, file, close } = await openDatabase(path, synchronous);
  const log = new DatabaseLog({ connection, path: file, synchronous, clock, logger });
  const access = createDatabaseAccess(connection, () => log.written());
  const audit = createAuditTable(connection);
  const usage = createUsageTable(connection);
  const { append, ...outbox } = createHookTable(connection, access);
  const queries = createSessionQueries(connection, access, logger);
  const { isBegun, ...writes } = createSessionWrites(connection, {
    ...{ access, audit, usage, hooks: { append }, log },
  });
  const { stop, ...sessions } = withSearch(
    {
      ...{ ...queries, ...writes },
      untouchedSince: (time, limit) => queries.untouchedSince(time, limit).filter((id) => !isBegun(id)),
    },
    { connection, access, log, clock, logger },
  );
  const store = {
    ...sessions,
    ...outbox,
    ...createPushTable(connection, access),
    ...createShareLinkTable(connection, access),
    ...createApprovalLinkTable(connection, access),
    ...createSqliteCredentials(connection, access),
    ...createConfigTable(connection, { access, audit }),
    recordAudit: (entry: AuditEntry, now: number) => access.write(() => audit.append(entry, now)),
    auditAfter: (position: number, limit: number) => access.read(() => audit.after(position, limit)),
    auditBefore: (query: AuditQuery) => access.read(() => audit.before(query)),
    usage: (query: UsageQuery) => access.read(() => usage.usage(query)),
    close() {
      stop();
      log.close();
      access.read(close);
    },
  };
  logger.debug({ path, ms: Math.round(clock.elapsed() - startedAt) }, 'store open');
  return store;
}
