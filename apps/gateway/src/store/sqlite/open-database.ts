import { chmodSync, existsSync, statSync } from 'node:fs';
import { connectSqlite, type SqliteConnection } from './connect-sqlite.ts';
import { createDatabase } from './create-database.ts';
import { inspectDatabase } from './inspect-database.ts';
import { type InstanceLock, lockInstance } from './instance-lock.ts';
import { prepareLocation } from './prepare-location.ts';
import { toStartError } from './to-start-error.ts';

/** `normal` survives the death of the process; `full` also a power cut, at a tenth of the speed. */
export type Synchronous = 'normal' | 'full';

/** A database that is ours alone until it is closed. */
export type OpenDatabase = { connection: SqliteConnection; file: string; close(): void };

/** Opens the database at `path`, or creates it if there is none. Throws StartError; a file it refuses stays as it is. */
export async function openDatabase(path: string, synchronous: Synchronous): Promise<OpenDatabase> {
  const file = prepareLocation(path);
  const lock = lockInstance(file);
  try {
    if (!existsSync(file)) await createDatabase(file);
    const behind = inspectDatabase(file) === 'behind';
    const connection = await connect(file, { synchronous, behind });
    return { connection, file, close: () => closeBoth(connection, lock) };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function connect(
  file: string,
  options: { synchronous: Synchronous; behind: boolean },
): Promise<SqliteConnection> {
  let connection: SqliteConnection | undefined;
  try {
    keepFromOthers(file);
    connection = connectSqlite(file);
    connection.pragma('journal_mode = wal');
    connection.pragma(`synchronous = ${options.synchronous}`);
    connection.pragma('foreign_keys = on');
    connection.pragma('secure_delete = on');
    if (options.behind) await (await import('../migrations/migrate.ts')).migrate(connection);
    return connection;
  } catch (error) {
    connection?.close();
    throw toStartError(file, error);
  }
}

/** NOTE: SQLite gives a new log the mode of its database; one from before the database was tightened keeps its own. */
function keepFromOthers(file: string): void {
  for (const suffix of ['', '-wal', '-shm']) {
    const mode = statSync(`${file}${suffix}`, { throwIfNoEntry: false })?.mode ?? 0;
    if ((mode & 0o077) !== 0) chmodSync(`${file}${suffix}`, 0o600);
  }
}

function closeBoth(connection: SqliteConnection, lock: InstanceLock): void {
  try {
    connection.close();
  } finally {
    lock.release();
  }
}
