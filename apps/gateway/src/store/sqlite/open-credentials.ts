import { existsSync } from 'node:fs';
import type { HookOutbox } from '../../ground/hook-delivery.ts';
import type { AuditLog, CredentialStore, Store } from '../store.ts';
import { createAuditTable } from './audit-table.ts';
import { connectSqlite, type SqliteConnection } from './connect-sqlite.ts';
import { createDatabaseAccess } from './database-access.ts';
import { createHookTable } from './hook-table.ts';
import { openDatabase } from './open-database.ts';
import { prepareLocation } from './prepare-location.ts';
import { migrationNames } from './schema-identity.ts';
import { createSqliteCredentials } from './sqlite-credentials.ts';
import { toStartError } from './to-start-error.ts';

/** A gateway writes all the time, but never for long. */
const patienceMs = 5_000;

export type OpenCredentials = CredentialStore &
  HookOutbox &
  Pick<AuditLog, 'recordAudit'> &
  Pick<Store, 'sharedKeys'> &
  Disposable;

/**
 * The credentials, and what is to be delivered, of a database whose gateway may be running: it sees at once what is
 * changed here. A database that is missing or of an older version is made or brought up to date first, for which no
 * gateway may run. Throws StartError.
 */
export async function openSqliteCredentials(path: string): Promise<OpenCredentials> {
  const file = prepareLocation(path);
  if (!existsSync(file) || !isCurrent(file)) (await openDatabase(file, 'normal')).close();
  try {
    const connection = connectSqlite(file, { busyTimeoutMs: patienceMs });
    connection.pragma('secure_delete = on');
    const access = createDatabaseAccess(connection);
    const audit = createAuditTable(connection);
    const { append: _, ...outbox } = createHookTable(connection, access);
    return {
      ...createSqliteCredentials(connection, access),
      ...outbox,
      recordAudit: (entry, now) => access.write(() => audit.append(entry, now)),
      [Symbol.dispose]: () => connection.close(),
    };
  } catch (error) {
    throw toStartError(file, error);
  }
}

/** What is no database of ours is not current: opening it says what is wrong. */
function isCurrent(file: string): boolean {
  let connection: SqliteConnection | undefined;
  try {
    connection = connectSqlite(file, { readonly: true, busyTimeoutMs: patienceMs });
    const taken = connection.prepare('select name from kysely_migration').pluck().all();
    return taken.length === migrationNames.length && migrationNames.every((name) => taken.includes(name));
  } catch {
    return false;
  } finally {
    connection?.close();
  }
}
