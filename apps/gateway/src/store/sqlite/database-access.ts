import type { SqliteConnection } from './connect-sqlite.ts';
import { toStoreError } from './to-store-error.ts';

/** Work on a connection whose failures come out as GatewayErrors. */
export interface DatabaseAccess {
  read<T>(work: () => T): T;
  /** Runs `work` in one transaction that has the write lock from its first statement: all of it is stored or none. */
  write<T>(work: () => T): T;
}

/** `written` is told after each transaction. */
export function createDatabaseAccess(
  connection: SqliteConnection,
  written: () => void = () => {},
): DatabaseAccess {
  const begin = connection.prepare('begin immediate');
  const commit = connection.prepare('commit');
  const rollback = connection.prepare('rollback');
  return {
    read(work) {
      try {
        return work();
      } catch (error) {
        throw toStoreError(error);
      }
    },
    write(work) {
      try {
        begin.run();
        const result = work();
        commit.run();
        written();
        return result;
      } catch (error) {
        // NOTE: on a full disk SQLite may have rolled back by itself; a second rollback would hide the cause.
        if (connection.inTransaction) rollback.run();
        throw toStoreError(error);
      }
    },
  };
}
