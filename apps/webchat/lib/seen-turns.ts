import type { SessionSummary } from '@hotplex/client-sdk';
import { createObservable, type Observable } from './observable.ts';
import { readStored, writeStored } from './stored.ts';

const storageKey = 'hotplex.seen';
/** Of so many sessions it is remembered; of older ones an answer would be new again. */
const mostSessions = 1_000;

type Session = Pick<SessionSummary, 'id' | 'state' | 'totals'>;
type Counts = Readonly<Record<string, number>>;
type Storage = { read: (key: string) => string | null; write: (key: string, value: string | null) => void };

/** How many turns of each session were looked at in this browser; what came since is unread. */
export type SeenTurns = {
  state: Observable<Counts | undefined>;
  /** Takes what is there as seen, unless this browser was here before. */
  begin: (sessions: readonly Session[]) => void;
  /** Somebody looks at a session. */
  see: (session: Session) => void;
};

export function createSeenTurns(storage: Storage = { read: readStored, write: writeStored }): SeenTurns {
  const state = createObservable<Counts | undefined>(parse(storage.read(storageKey)));
  const put = (sessions: readonly Session[]) => {
    const added = sessions.map(({ id, totals }) => [id, totals.turn_count] as const);
    const known = Object.entries(state.get() ?? {}).filter(([id]) => !added.some(([other]) => other === id));
    const counts = Object.fromEntries([...known, ...added].slice(-mostSessions));
    state.set(counts);
    storage.write(storageKey, JSON.stringify(counts));
  };
  return {
    state,
    begin: (sessions) => {
      if (!state.get()) put(sessions);
    },
    see: (session) => {
      if (state.get()?.[session.id] !== session.totals.turn_count) put([session]);
    },
  };
}

/** Whether an answer came that nobody has looked at; not while the next one is being written. */
export function isUnread(seen: Counts | undefined, { id, state, totals }: Session): boolean {
  return seen !== undefined && state !== 'running' && totals.turn_count > (seen[id] ?? 0);
}

function parse(stored: string | null): Counts | undefined {
  try {
    const value: unknown = JSON.parse(stored ?? 'null');
    if (typeof value !== 'object' || value === null) return undefined;
    return Object.fromEntries(Object.entries(value).filter(([, count]) => typeof count === 'number'));
  } catch {
    return undefined;
  }
}
