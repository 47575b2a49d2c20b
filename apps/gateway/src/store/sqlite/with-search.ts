import type { Clock } from '../../ground/clock.ts';
import type { Logger } from '../../ground/logger.ts';
import { completesText } from '../said-text.ts';
import type { Commit, SessionStore } from '../store.ts';
import { BackgroundWork } from './background-work.ts';
import type { SqliteConnection } from './connect-sqlite.ts';
import type { DatabaseAccess } from './database-access.ts';
import { emptyLog, freeSpace } from './free-space.ts';
import { SearchIndex } from './search-index.ts';

/** Pieces of reading that a search does itself, so that what was just said is found. */
const catchUp = 32;

type Sessions = Omit<SessionStore, 'search' | 'close'>;
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
): Sessions & Pick<SessionStore, 'search'> & { stop(): void } {
  const index = new SearchIndex({ connection, access, events: sessions.events });
  let mustWipe = false;
  const work = new BackgroundWork({
    clock,
    logger,
    next: () => {
      if (!index.hasUnread && mustWipe) return wipe();
      return index.next();
    },
  });

  function* wipe(): Generator<void> {
    yield* index.merge({ all: true });
    yield* freeSpace(connection);
    emptyLog(connection, logger);
    mustWipe = false;
  }

  function read(sessionId: string, { events = [], session = {} }: Commit): void {
    if (session.title === undefined && !events.some(({ type }) => completesText(type))) return;
    index.mark(sessionId);
    work.wake();
  }

  if (index.hasUnread) work.wake();
  return {
    ...sessions,
    create(record, commit) {
      sessions.create(record, commit);
      read(record.id, { ...commit, session: { title: record.title } });
    },
    commit(sessionId, commit, now) {
      sessions.commit(sessionId, commit, now);
      read(sessionId, commit);
    },
    search(query) {
      for (let done = 0; index.hasUnread && done < catchUp; done += 1) if (!work.step()) break;
      return index.search(query);
    },
    remove(sessionId) {
      sessions.remove(sessionId);
      mustWipe = true;
      work.wake();
    },
    stop: () => work.close(),
  };
}
