import type { Clock } from '../../ground/clock.ts';
import type { Logger } from '../../ground/logger.ts';
import { completesText } from '../said-text.ts';
import type { Commit, SessionStore } from '../store.ts';
import { BackgroundWork } from './background-work.ts';
import type { SqliteConnection } from './connect-sqlite.ts';
import type { DatabaseAccess } from './database-access.ts';
import { emptyLog, freeSpace } from './free-space.ts';
import { createRemovePart } from './remove-part.ts';
import { SearchIndex } from './search-index.ts';

/** Pieces of reading that a search does itself, so that what was just said is found. */
const catchUpPieces = 32;

type Sessions = Omit<SessionStore, 'search' | 'close' | 'removePart'>;
type Options = {
  connection: SqliteConnection;
  access: DatabaseAccess;
  clock: Clock;
  logger: Logger;
};

/** Sessions whose texts can be searched, and whose deleted words are wiped from the index too. */
export function withSearch(
  sessions: Sessions,
  { connection, access, clock, logger }: Options,
): Omit<SessionStore, 'close'> & { stop(): void } {
  const index = new SearchIndex({ connection, access, events: sessions.events });
  const wipeIsPending = connection.prepare<[], number>('select 1 from pending_wipes').pluck();
  const wiped = connection.prepare('delete from pending_wipes');
  let mustWipe = wipeIsPending.get() !== undefined;
  const work = new BackgroundWork({
    clock,
    logger,
    next() {
      if (index.hasUnread) return readAll();
      if (mustWipe) return wipe();
      return index.isScattered ? index.merge() : undefined;
    },
  });

  function* readAll(): Generator<void> {
    for (; index.hasUnread; yield) index.read();
  }

  /** Whatever is said meanwhile is read first. */
  function* wipe(): Generator<void> {
    mustWipe = false;
    try {
      for (const _ of index.merge({ all: true })) {
        yield;
        yield* readAll();
      }
      yield* freeSpace(connection);
      // Another session may have been removed meanwhile.
      if (!mustWipe) access.write(() => wiped.run());
      emptyLog(connection, logger);
    } catch (error) {
      mustWipe = true;
      throw error;
    }
  }

  function wipeSoon(): void {
    mustWipe = true;
    work.wake();
  }

  function read(sessionId: string, { events = [], session = {} }: Commit): void {
    if (session.title === undefined && !events.some(({ type }) => completesText(type))) return;
    index.mark(sessionId);
    work.wake();
  }

  /** Reads what was just said, as far as that takes no longer than a search may. */
  function catchUp(): void {
    try {
      for (let done = 0; index.hasUnread && done < catchUpPieces; done += 1) index.read();
    } catch (error) {
      logger.warn({ error: String(error) }, 'a search was made without what is new');
    }
  }

  work.wake();
  return {
    ...sessions,
    create(record, commit) {
      sessions.create(record, commit);
      read(record.id, { ...commit, session: { title: record.title } });
    },
    fork(record, from, commit) {
      sessions.fork(record, from, commit);
      read(record.id, { session: { title: record.title } });
    },
    commit(sessionId, commit, now) {
      sessions.commit(sessionId, commit, now);
      read(sessionId, commit);
    },
    search(query) {
      catchUp();
      return index.search(query);
    },
    remove(sessionId) {
      sessions.remove(sessionId);
      wipeSoon();
    },
    removePart: createRemovePart({
      ...{ connection, access },
      onRemoved() {
        emptyLog(connection, logger);
        wipeSoon();
      },
    }),
    stop: () => work.close(),
  };
}
