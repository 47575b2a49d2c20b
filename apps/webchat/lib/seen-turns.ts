import type { SessionSummary } from '@hotplex/client-sdk';
import { createObservable, type Observable } from './observable.ts';
import { readStored, watchStored, writeStored } from './stored.ts';

const storageKey = 'hotplex.seen';
/** Of so many sessions it is remembered, those that were looked at last. */
const mostSessions = 1_000;

type Session = Pick<SessionSummary, 'id' | 'state' | 'totals' | 'updated_at'>;
type Storage = {
  read: (key: string) => string | null;
  write: (key: string, value: string | null) => void;
  /** Another tab has written. */
  watch: (key: string, listener: () => void) => void;
};

/** What was looked at in this browser. */
export type Seen = {
  /** When it came here first, in the gateway's time (ISO 8601); what is older and was never opened is not new. */
  since: string;
  /** How many turns of each session were looked at. */
  turns: Readonly<Record<string, number>>;
};

/** Remembers how far each session was read, in whichever tab; what came since is unread. */
export type SeenTurns = {
  state: Observable<Seen | undefined>;
  /** Takes what is there as seen, unless this browser was here before. */
  begin: (sessions: readonly Pick<Session, 'updated_at'>[]) => void;
  /** Somebody has so many turns of a session before them. */
  see: (id: string, turns: number) => void;
};

const browserStorage: Storage = { read: readStored, write: writeStored, watch: watchStored };

export function createSeenTurns(storage: Storage = browserStorage): SeenTurns {
  const state = createObservable<Seen | undefined>(parse(storage.read(storageKey)));
  const readAgain = () => state.set(parse(storage.read(storageKey)) ?? state.get());
  storage.watch(storageKey, readAgain);
  /** What was looked at before the list was there to begin with. */
  let early: Record<string, number> = {};
  const put = (next: Seen) => {
    state.set(next);
    storage.write(storageKey, JSON.stringify(next));
  };
  return {
    state,
    begin: (sessions) => {
      readAgain();
      if (state.get()) return;
      const since =
        sessions
          .map((session) => session.updated_at)
          .toSorted()
          .at(-1) ?? '';
      put({ since, turns: early });
    },
    see: (id, count) => {
      // What other tabs noted meanwhile is kept.
      readAgain();
      const known = state.get();
      if (!known) {
        early = { ...early, [id]: count };
        return;
      }
      const { since, turns } = known;
      if (turns[id] === count) return;
      const others = Object.entries(turns).filter(([other]) => other !== id);
      const kept = [...others, [id, count] as const].slice(-mostSessions);
      put({ since, turns: Object.fromEntries(kept) });
    },
  };
}

/**
 * Whether an answer came that nobody has looked at; not while the next one is being written. In a session that was only
 * created, as forks are, all that was said is a copy of what stands in another one.
 */
export function isUnread(seen: Seen | undefined, { id, state, totals, updated_at }: Session): boolean {
  if (seen === undefined || state === 'running' || state === 'created') return false;
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
