import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StartError } from '../../ground/start-error.ts';
import { connectSqlite } from './connect-sqlite.ts';
import { applicationId } from './schema-identity.ts';
import { toStartError } from './to-start-error.ts';

/**
 * Creates an empty database, readable by its owner only. It is built under another name and appears complete, so that a
 * start that dies half-way leaves nothing that a later start would have to refuse.
 */
export async function createDatabase(path: string): Promise<void> {
  refuseOrphanedLog(path);
  const draft = `${path}.new`;
  try {
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${draft}${suffix}`, { force: true });
    closeSync(openSync(draft, 'wx', 0o600));
    await build(draft);
    flush(draft, 'r+');
    renameSync(draft, path);
    if (process.platform !== 'win32') flush(dirname(path), 'r');
  } catch (error) {
    throw toStartError(path, error);
  }
}

/** NOTE: SQLite would play a log left behind by another database into the new one. */
function refuseOrphanedLog(path: string): void {
  const log = `${path}-wal`;
  if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) > 0) {
    throw new StartError(
      `the database ${path} is missing but its log ${log} is there; put the database back, or move the log away too`,
    );
  }
}

/** Nobody reads a draft, so its steps need not wait for the disk; it is flushed once, whole. */
async function build(path: string): Promise<void> {
  const { migrate } = await import('../migrations/migrate.ts');
  const connection = connectSqlite(path);
  try {
    // Only an empty file can be told so: the pages of what is deleted are given back in small pieces.
    connection.pragma('auto_vacuum = incremental');
    connection.pragma('synchronous = off');
    connection.pragma(`application_id = ${applicationId}`);
    connection.pragma('journal_mode = wal');
    await migrate(connection);
  } finally {
    connection.close();
  }
}

function flush(path: string, access: 'r' | 'r+'): void {
  const handle = openSync(path, access);
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
