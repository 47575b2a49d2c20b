import type { Logger } from '../ground/logger.ts';
import { completesText } from './said-text.ts';
import type { Commit, SearchPage, SearchQuery, SessionStore } from './store.ts';
import type { UnreadSessions } from './unread-sessions.ts';

type Written = Pick<SessionStore, 'create' | 'fork' | 'commit'>;

type SearchOptions = {
  unread: UnreadSessions;
  /** Pieces of reading that a search does itself, so that what was just said is found. */
  catchUpPieces: number;
  /** There is something to read. */
  wake(): void;
  /** Finds what is new in the sessions of an owner, whoever wrote it; absent: all of it was marked. */
  markBehind?(ownerId: string): void;
  search(query: SearchQuery): SearchPage;
  logger: Logger;
};

/** What writes to sessions, with its texts marked to be read, and a search that first reads what was just said. */
export function searchedSessions(
  sessions: Written,
  { unread, catchUpPieces, wake, markBehind, search, logger }: SearchOptions,
): Written & Pick<SessionStore, 'search'> {
  function read(sessionId: string, { events = [], session = {} }: Commit): void {
    if (session.title === undefined && !events.some(({ type }) => completesText(type))) return;
    unread.add(sessionId);
    wake();
  }

  /** As far as that takes no longer than a search may. */
  function catchUp(ownerId: string): void {
    try {
      markBehind?.(ownerId);
      for (let done = 0; !unread.isEmpty && done < catchUpPieces; done += 1) unread.read();
    } catch (error) {
      logger.warn({ error: String(error) }, 'a search was made without what is new');
    }
  }

  return {
    create(record, commit) {
      sessions.create(record, commit);
      read(record.id, { ...commit, session: { title: record.title } });
    },
    fork(record, from, commit) {
      sessions.fork(record, from, commit);
      read(record.id, { ...commit, session: { title: record.title } });
    },
    commit(sessionId, commit, now) {
      sessions.commit(sessionId, commit, now);
      read(sessionId, commit);
    },
    search(query) {
      catchUp(query.ownerId);
      return search(query);
    },
  };
}
