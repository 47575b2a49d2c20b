import { accessSync, closeSync, constants, openSync, readSync, statSync } from 'node:fs';
import { StartError } from '../../ground/start-error.ts';
import { connectSqlite, type SqliteConnection } from './connect-sqlite.ts';
import { applicationId, migrationNames } from './schema-identity.ts';
import { toStartError } from './to-start-error.ts';

const magic = 'SQLite format 3\0';
const restore = 'restore a backup, or move it away to begin with an empty one';

/**
 * Whether an existing database is ours, whole, and at our schema (`current`) or an older one (`behind`). Throws
 * StartError otherwise. Looks only: not a byte of the file or its log changes, whatever is found.
 * NOTE: call it with the instance lock held; on POSIX, reading the header drops SQLite’s locks of this process.
 */
export function inspectDatabase(path: string): 'current' | 'behind' {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    checkHeader(path);
    const connection = connectSqlite(path, { readonly: true });
    try {
      checkPages(path, connection);
      return compareSchema(path, connection);
    } finally {
      connection.close();
    }
  } catch (error) {
    throw toStartError(path, error);
  }
}

/** The file format is documented at https://www.sqlite.org/fileformat2.html (application id: offset 68, big-endian). */
function checkHeader(path: string): void {
  const file = statSync(path);
  if (!file.isFile()) throw new StartError(`${path} is not a file; set HOTPLEX_DB_PATH to another path`);
  if (file.size === 0) throw new StartError(`the database ${path} is empty: its content is gone; ${restore}`);
  const header = Buffer.alloc(100);
  const handle = openSync(path, 'r');
  try {
    readSync(handle, header, 0, header.length, 0);
  } finally {
    closeSync(handle);
  }
  if (header.toString('latin1', 0, magic.length) !== magic) {
    throw new StartError(`${path} is not a SQLite database; ${restore}`);
  }
  if (header.readUInt32BE(68) !== applicationId) {
    throw new StartError(
      `the database ${path} belongs to another program; set HOTPLEX_DB_PATH to another path`,
    );
  }
}

function checkPages(path: string, connection: SqliteConnection): void {
  const verdict = connection.pragma('quick_check(1)', { simple: true });
  if (verdict === 'ok') return;
  throw new StartError(`the database ${path} is damaged; ${restore}`, { cause: new Error(String(verdict)) });
}

function compareSchema(path: string, connection: SqliteConnection): 'current' | 'behind' {
  const taken = connection
    .prepare<[], string>('select name from kysely_migration order by name')
    .pluck()
    .all();
  const known: readonly string[] = migrationNames;
  const foreign = taken.find((name) => !known.includes(name));
  if (foreign !== undefined) {
    throw new StartError(
      `the database ${path} was written by a newer HotPlex (schema ${foreign}); run that version or restore a backup`,
    );
  }
  return taken.length === known.length ? 'current' : 'behind';
}
