import type { SessionStore } from './store.ts';

/** What can be asked of one session. */
export type SessionReads = Pick<
  SessionStore,
  | 'find'
  | 'agentConversation'
  | 'events'
  | 'eventsBefore'
  | 'oldestSeq'
  | 'input'
  | 'inputs'
  | 'interaction'
  | 'openInteractions'
  | 'resolvedInteractions'
  | 'worker'
>;

/** The reading half of a session store, but for its search. */
export type SessionQueries = SessionReads &
  Pick<SessionStore, 'list' | 'countByState' | 'unfinished' | 'untouchedSince'>;
