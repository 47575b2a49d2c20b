import { closeSync, openSync } from 'node:fs';
import { StartError } from '../../ground/start-error.ts';
import { connectSqlite } from './connect-sqlite.ts';
import { failureCode } from './failure-code.ts';
import { toStartError } from './to-start-error.ts';

/** The right to be the only gateway on a database. Hold on to it: losing the last reference may release it. */
export interface InstanceLock {
  release(): void;
}

/**
 * Takes the lock beside the database, or throws StartError. The operating system frees it when the process dies, however
 * it dies, so there is never anything to clean up.
 * NOTE: the lock is SQLite’s own file lock on an empty side database. Its file is opened by nothing else: on POSIX,
 * closing any other handle of it in this process would drop the lock.
 */
export function lockInstance(databasePath: string): InstanceLock {
  const path = `${databasePath}.lock`;
  try {
    createIfMissing(path);
    const connection = connectSqlite(path, { busyTimeoutMs: 0 });
    try {
      connection.pragma('journal_mode = memory');
      connection.exec('begin exclusive');
    } catch (error) {
      connection.close();
      throw error;
    }
    return { release: () => connection.close() };
  } catch (error) {
    if (failureCode(error)?.startsWith('SQLITE_BUSY')) {
      throw new StartError(
        `another gateway is using ${databasePath}; end it with hotplex gateway stop, or set HOTPLEX_DB_PATH for this one`,
        { cause: error },
      );
    }
    throw toStartError(path, error);
  }
}

function createIfMissing(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if (failureCode(error) !== 'EEXIST') throw error;
  }
}
