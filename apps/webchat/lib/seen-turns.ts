import type { SessionSummary } from '@hotplex/client-sdk';
import { createObservable, type Observable } from './observable.ts';
import { readStored, writeStored } from './stored.ts';

const storageKey = 'hotplex.seen';
/** Of so many sessions it is remembered, those that were looked at last. */
const mostSessions = 1_000;

type Session = Pick<SessionSummary, 'id' | 'state' | 'totals' | 'updated_at'>;
type Storage = { read: (key: string) => string | null; write: (key: string, value: string | null) => void };

/** What was looked at in this browser. */
export type Seen = {
  /** When it came here first, in the gateway's time (ISO 8601); what is older and was never opened is not new. */
  since: string;
  /** How many turns of each session were looked at. */
  turns: Readonly<Record<string, number>>;
};

/** Remembers how far each session was read; what came since is unread. */
export type SeenTurns = {
  state: Observable<Seen | undefined>;
  /** Takes what is there as seen, unless this browser was here before. */
  begin: (sessions: readonly Session[]) => void;
  /** Somebody looks at a session. */
  see: (session: Session) => void;
};

export function createSeenTurns(storage: Storage = { read: readStored, write: writeStored }): SeenTurns {
  const state = createObservable<Seen | undefined>(parse(storage.read(storageKey)));
  const put = (next: Seen) => {
    state.set(next);
    storage.write(storageKey, JSON.stringify(next));
  };
  return {
    state,
    begin: (sessions) => {
      if (state.get()) return;
      const since =
        sessions
          .map((session) => session.updated_at)
          .toSorted()
          .at(-1) ?? '';
      put({ since, turns: {} });
    },
    see: ({ id, totals }) => {
      const { since = '', turns = {} } = state.get() ?? {};
      if (turns[id] === totals.turn_count) return;
      const others = Object.entries(turns).filter(([other]) => other !== id);
      const kept = [...others, [id, totals.turn_count] as const].slice(-mostSessions);
      put({ since, turns: Object.fromEntries(kept) });
    },
  };
}

/** Whether an answer came that nobody has looked at; not while the next one is being written. */
export function isUnread(seen: Seen | undefined, { id, state, totals, updated_at }: Session): boolean {
  if (seen === undefined || state === 'running') return false;
  const turns = seen.turns[id];
  if (turns === undefined) return totals.turn_count > 0 && updated_at > seen.since;
  return totals.turn_count > turns;
}

function parse(stored: string | null): Seen | undefined {
  try {
    const { since, turns }: Partial<Record<keyof Seen, unknown>> = JSON.parse(stored ?? '{}');
    if (typeof since !== 'string' || typeof turns !== 'object' || turns === null) return undefined;
    const counts = Object.entries(turns).filter(([, count]) => typeof count === 'number');
    return { since, turns: Object.fromEntries(counts) };
  } catch {
    return undefined;
  }
}
