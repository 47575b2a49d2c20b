import { AepError, type ForkOptions, type SessionSummary, type SessionsApi } from '@hotplex/client-sdk';
import { createObservable, type Observable } from './observable.ts';
import type { Pins } from './pins.ts';

export type SessionListState = {
  status: 'loading' | 'ready' | 'failed';
  sessions: SessionSummary[];
  more: boolean;
};

/** The user's sessions as the sidebar shows them. */
export type SessionList = {
  state: Observable<SessionListState>;
  /** Resolves once the list is as it was when this was called, or later. */
  refresh: () => Promise<void>;
  showMore: () => Promise<void>;
  /** Puts in a session that was just created, before the next refresh. */
  add: (session: SessionSummary) => void;
  rename: (id: string, title: string) => Promise<void>;
  /** Puts a session away, or takes it back. */
  archive: (id: string, archived: boolean) => Promise<void>;
  /** Makes a session that goes on from this one, and puts it in. */
  fork: (id: string, how: ForkOptions & { title: string }) => Promise<SessionSummary>;
  /** Hides a session at once and deletes it after a while; it comes back when that is undone or the gateway refuses. */
  remove: (id: string) => Removal;
  /** Refreshes again and again, more often while an agent works and seldom out of sight; returns what ends it. */
  watch: () => () => void;
};

export type Removal = {
  /** Brings the session back; once its time is over it does nothing. */
  undo: () => void;
  /** Rejects when the gateway refuses. */
  settled: Promise<'removed' | 'kept'>;
};

/** How long a deletion can be undone, in milliseconds. */
export const removalGraceMs = 8_000;

const pageSize = 50;
/** While an agent works a request or an end is due at any time; milliseconds. */
const busyMs = 1_000;
const quietMs = 5_000;
/** Enough to call a user who looks elsewhere. */
const outOfSightMs = 15_000;

type Options = {
  api: SessionsApi;
  /** Of sessions that are listed however old they are. */
  pins: Pick<Pins, 'state' | 'remove'>;
  /** Whether somebody has the page before them: while they do, none of their devices is called. */
  isLookedAt?: () => boolean;
  /** Hears of a session that was made here. */
  onAdded?: (session: SessionSummary) => void;
  /** Lists the sessions that were put away, without pins, in the place of the others. */
  archived?: boolean;
  /** Runs work after so many milliseconds; returns what calls it off. */
  after: (ms: number, work: () => void) => () => void;
};

export function createSessionList({
  api,
  pins,
  archived = false,
  after,
  isLookedAt = () => false,
  onAdded = () => {},
}: Options): SessionList {
  const state = createObservable<SessionListState>({ status: 'loading', sessions: [], more: false });
  const hidden = new Set<string>();
  let limit = pageSize;
  let running: Promise<void> | undefined;
  /** Whether something happened since the gateway was asked, which its answer may not tell yet. */
  let isLate = false;
  /** What was changed here: an answer to an earlier question would take it back for a moment. */
  let changes = 0;

  const show = (change: Partial<SessionListState>) => {
    const now = state.get();
    const next = { ...now, ...change };
    next.sessions = next.sessions.filter((session) => !hidden.has(session.id));
    // Most looks find nothing new, and nothing has to be drawn again for them.
    if (JSON.stringify(next) !== JSON.stringify(now)) state.set(next);
  };

  /** Undefined if it is not to be had now; its pin goes with it if it never will be again. */
  const pinned = async (id: string) => {
    try {
      const session = await api.get(id);
      return session.archived ? undefined : session;
    } catch (error) {
      if (error instanceof AepError && error.code === 'SESSION_NOT_FOUND') pins.remove(id);
      return undefined;
    }
  };

  const ask = async () => {
    const before = changes;
    try {
      const page = await api.list({ limit, archived, ...(isLookedAt() && { looking: true }) });
      const listed = new Set(page.sessions.map(({ id }) => id));
      const unlisted = archived ? [] : pins.state.get().filter((id) => !listed.has(id));
      const old = await Promise.all(unlisted.map(pinned));
      const sessions = [...page.sessions, ...old.filter((session) => session !== undefined)];
      if (before === changes) show({ status: 'ready', sessions, more: page.nextCursor !== null });
      else isLate = true;
    } catch {
      if (state.get().status !== 'ready') show({ status: 'failed' });
    }
  };

  const load = async () => {
    try {
      do {
        isLate = false;
        await ask();
      } while (isLate);
    } finally {
      running = undefined;
    }
  };

  const refresh = () => {
    isLate = true;
    running ??= load();
    return running;
  };

  const add = (session: SessionSummary) => {
    changes += 1;
    onAdded(session);
    const others = state.get().sessions.filter((known) => known.id !== session.id);
    show({ status: 'ready', sessions: [session, ...others] });
  };

  return {
    state,
    refresh,
    showMore: async () => {
      limit += pageSize;
      await refresh();
    },
    add,
    fork: async (id, how) => {
      const session = await api.fork(id, how);
      add(session);
      return session;
    },
    archive: async (id, isArchived) => {
      await api.archive(id, isArchived);
      changes += 1;
      await refresh();
    },
    rename: async (id, title) => {
      await api.rename(id, title);
      changes += 1;
      const sessions = state.get().sessions;
      show({ sessions: sessions.map((session) => (session.id === id ? { ...session, title } : session)) });
    },
    remove: (id) => {
      hidden.add(id);
      show({});
      const { promise, resolve, reject } = Promise.withResolvers<'removed' | 'kept'>();
      const keep = () => {
        hidden.delete(id);
        void refresh();
      };
      let isDue = false;
      const callOff = after(removalGraceMs, () => {
        isDue = true;
        api.remove(id).then(
          () => {
            pins.remove(id);
            resolve('removed');
          },
          (error: unknown) => {
            keep();
            reject(error);
          },
        );
      });
      const undo = () => {
        if (isDue) return;
        callOff();
        keep();
        resolve('kept');
      };
      return { undo, settled: promise };
    },
    watch: () => {
      let isOver = false;
      let callOff = () => {};
      const pauseMs = () => {
        if (document.visibilityState !== 'visible') return outOfSightMs;
        return state.get().sessions.some(({ turn }) => turn !== null) ? busyMs : quietMs;
      };
      const look = async () => {
        callOff();
        await refresh();
        callOff();
        if (!isOver) callOff = after(pauseMs(), () => void look());
      };
      const onReturn = () => {
        if (document.visibilityState === 'visible') void look();
      };
      void look();
      document.addEventListener('visibilitychange', onReturn);
      return () => {
        isOver = true;
        callOff();
        document.removeEventListener('visibilitychange', onReturn);
      };
    },
  };
}
