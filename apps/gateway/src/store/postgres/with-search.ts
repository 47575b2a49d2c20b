import type { Clock } from '../../ground/clock.ts';
import type { Logger } from '../../ground/logger.ts';
import { searchedSessions } from '../searched-sessions.ts';
import { BackgroundWork } from '../sqlite/background-work.ts';
import type { SessionStore } from '../store.ts';
import type { PostgresAccess } from './postgres-access.ts';
import { SearchIndex } from './search-index.ts';

/** Pieces of reading that a search does itself, so that what was just said is found. */
const catchUpPieces = 64;

type Options = { access: PostgresAccess; clock: Clock; logger: Logger };

/** Sessions whose texts can be searched. */
export function withSearch(
  sessions: Omit<SessionStore, 'search' | 'close'>,
  { access, clock, logger }: Options,
): Omit<SessionStore, 'close'> & { stop(): void } {
  const index = new SearchIndex(access, sessions.events);
  const { unread } = index;
  const work = new BackgroundWork({
    ...{ clock, logger },
    next: () => (unread.isEmpty ? undefined : unread.readAll()),
  });

  work.wake();
  return {
    ...sessions,
    ...searchedSessions(sessions, {
      ...{ unread, catchUpPieces, logger },
      wake: () => work.wake(),
      markBehind: (ownerId) => index.markBehind(ownerId),
      search: (query) => index.search(query),
    }),
    stop: () => work.close(),
  };
}
