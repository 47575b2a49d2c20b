import type { Logger } from '../../ground/logger.ts';
import type { SqliteConnection } from './connect-sqlite.ts';
import { failureCode } from './failure-code.ts';

/** Pages given back in one piece of work. */
const pagesAtOnce = 64;

/**
 * Gives the pages of deleted rows back to the file system, in pieces.
 * NOTE: only files that were created with `auto_vacuum = incremental` can; in others the pages stay, empty, for later rows.
 */
export function* freeSpace(connection: SqliteConnection): Generator<void> {
  const count = () => Number(connection.pragma('freelist_count', { simple: true }));
  for (let left = count(), before = left + 1; left > 0 && left < before; before = left, left = count()) {
    connection.pragma(`incremental_vacuum(${pagesAtOnce})`);
    yield;
  }
}

/** Deleted text is overwritten in the file (secure_delete) but stays in the log until the log is emptied. */
export function emptyLog(connection: SqliteConnection, logger: Logger): void {
  const still = 'deleted content stays in the log until the next checkpoint';
  try {
    const busy = connection.pragma('wal_checkpoint(truncate)', { simple: true }) !== 0;
    if (busy) logger.warn({ reason: 'SQLITE_BUSY' }, still);
  } catch (error) {
    logger.warn({ reason: failureCode(error) }, still);
  }
}
