import type { EventRecord, InteractionRecord, SessionRecord, SessionStore } from '../store/store.ts';
import type { SessionRegistry } from './session-registry.ts';

export type ToldSessions = ReturnType<typeof toldSessions>;

/** Sessions as readers may see them who follow none: what is not settled yet is not there. */
export function toldSessions({
  store,
  sessions,
}: {
  store: Pick<SessionStore, 'find' | 'events' | 'openInteractions'>;
  sessions: Pick<SessionRegistry, 'live'>;
}) {
  return {
    find: (id: string): Readonly<SessionRecord> | undefined => sessions.live(id)?.record ?? store.find(id),
    events: (id: string, after: number, limit: number): EventRecord[] =>
      sessions.live(id)?.events(after, limit) ?? store.events(id, after, limit),
    /** What its agent asks. */
    pending: (id: string): InteractionRecord[] => sessions.live(id)?.pending ?? store.openInteractions(id),
  };
}
