import type { SqliteConnection } from './connect-sqlite.ts';

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
