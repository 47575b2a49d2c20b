import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { StartError } from '../ground/start-error.ts';
import { migrate, schemaVersion } from './migrate.ts';

/** "HPLX": marks the file as ours (SQLite's application_id). */
const applicationId = 0x48504c58;

/**
 * Opens the database file, making it if there is none. A file that is not ours, damaged, empty or newer is never
 * touched: StartError says what is wrong and what to do (requirement G12).
 */
export async function openDatabase(path: string): Promise<Database.Database> {
  prepareFolder(path);
  const existed = existsSync(path);
  if (existed && statSync(path).size === 0) {
    throw new StartError(
      `the database ${path} is empty, as after a full disk: restore a backup, or remove the file to begin anew`,
    );
  }
  let database: Database.Database | undefined;
  try {
    database = new Database(path, { timeout: 50 });
    if (existed) inspect(database, path);
    configure(database);
    if (!existed) database.pragma(`application_id = ${applicationId}`);
    chmodSync(path, 0o600);
    await migrate(database);
    return database;
  } catch (error) {
    database?.close();
    throw error instanceof StartError ? error : explain(error, path);
  }
}

function prepareFolder(path: string): void {
  const folder = dirname(path);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new StartError(
      `the data folder ${folder} cannot be made: check its permissions or set HOTPLEX_DB_PATH`,
      { cause },
    );
  }
}

function inspect(database: Database.Database, path: string): void {
  const id = database.pragma('application_id', { simple: true });
  if (id !== applicationId)
    throw new StartError(`${path} is not a HotPlex database: set HOTPLEX_DB_PATH to another file`);
  const version = Number(database.pragma('user_version', { simple: true }));
  if (version > schemaVersion) {
    throw new StartError(
      `the database ${path} was written by a newer HotPlex: use that version, or another file by HOTPLEX_DB_PATH`,
    );
  }
  const health = database.pragma('quick_check(1)', { simple: true });
  if (health !== 'ok')
    throw new StartError(
      `the database ${path} is damaged (${health}): restore a backup; the file was left as it is`,
    );
}

/** NOTE: exclusive locking is what keeps a second gateway out; the lock is the kernel's and goes with the process. */
function configure(database: Database.Database): void {
  database.pragma('locking_mode = EXCLUSIVE');
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL');
  database.pragma('secure_delete = ON');
  database.exec('BEGIN EXCLUSIVE; COMMIT');
}

function explain(cause: unknown, path: string): StartError {
  const code = (cause as { code?: string }).code ?? '';
  const options = { cause };
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
    return new StartError(
      `another gateway uses the database ${path}: stop it, or set HOTPLEX_DB_PATH to another file`,
      options,
    );
  }
  if (
    /^SQLITE_(READONLY|CANTOPEN|PERM)/.test(code) ||
    code === 'EACCES' ||
    code === 'EROFS' ||
    code === 'EPERM'
  ) {
    return new StartError(
      `the database ${path} cannot be written: check the permissions of its folder or set HOTPLEX_DB_PATH`,
      options,
    );
  }
  if (/^SQLITE_(NOTADB|CORRUPT)/.test(code)) {
    return new StartError(
      `${path} is not a sound database (${code}): restore a backup; the file was left as it is`,
      options,
    );
  }
  if (/^SQLITE_FULL/.test(code) || code === 'ENOSPC')
    return new StartError(`the disk of ${path} is full: make room and start again`, options);
  return new StartError(
    `the database ${path} cannot be opened: ${cause instanceof Error ? cause.message : String(cause)}`,
    options,
  );
}
