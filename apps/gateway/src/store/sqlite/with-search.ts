import type { Clock } from '../../ground/clock.ts';
import type { Logger } from '../../ground/logger.ts';
import { searchedSessions } from '../searched-sessions.ts';
import type { SessionStore } from '../store.ts';
import { BackgroundWork } from './background-work.ts';
import type { SqliteConnection } from './connect-sqlite.ts';
import type { DatabaseAccess } from './database-access.ts';
import type { DatabaseLog } from './database-log.ts';
import { freeSpace } from './free-space.ts';
import { createRemovePart } from './remove-part.ts';
import { SearchIndex } from './search-index.ts';

/** Pieces of reading that a search does itself, so that what was just said is found. */
const catchUpPieces = 32;

type Sessions = Omit<SessionStore, 'search' | 'close' | 'removePart'>;
type Options = {
  connection: SqliteConnection;
  access: DatabaseAccess;
  log: Pick<DatabaseLog, 'empty'>;
  clock: Clock;
  logger: Logger;
};

/** Sessions whose texts can be searched, and whose deleted words are wiped from the index too. */
export function withSearch(
  sessions: Sessions,
  { connection, access, log, clock, logger }: Options,
): Omit<SessionStore, 'close'> & { stop(): void } {
  const index = new SearchIndex({ connection, access, events: sessions.events });
  const { unread } = index;
  const wipeIsPending = connection.prepare<[], number>('select 1 from pending_wipes').pluck();
  const wiped = connection.prepare('delete from pending_wipes');
  let mustWipe = wipeIsPending.get() !== undefined;
  const work = new BackgroundWork({
    clock,
    logger,
    next() {
      if (!unread.isEmpty) return unread.readAll();
      if (mustWipe) return wipe();
      return index.isScattered ? index.merge() : undefined;
    },
  });

  /** Whatever is said meanwhile is read first. */
  function* wipe(): Generator<void> {
    mustWipe = false;
    try {
      for (const _ of index.merge({ all: true })) {
        yield;
        yield* unread.readAll();
      }
      yield* freeSpace(connection);
      // Another session may have been removed meanwhile.
      if (!mustWipe) access.write(() => wiped.run());
      log.empty();
    } catch (error) {
      mustWipe = true;
      throw error;
    }
  }

  function wipeSoon(): void {
    mustWipe = true;
    work.wake();
  }

  work.wake();
  return {
    ...sessions,
    ...searchedSessions(sessions, {
      ...{ unread, catchUpPieces, logger },
      wake: () => work.wake(),
      search: (query) => index.search(query),
    }),
    remove(sessionId) {
      sessions.remove(sessionId);
      wipeSoon();
    },
    removePart: createRemovePart({
      ...{ connection, access },
      onRemoved() {
        log.empty();
        wipeSoon();
      },
    }),
    stop: () => work.close(),
  };
}
