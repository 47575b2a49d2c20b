import type { SessionSummary, SessionsApi } from '@hotplex/client-sdk';
import { createObservable, type Observable } from './observable.ts';

export type SessionListState = {
  status: 'loading' | 'ready' | 'failed';
  sessions: SessionSummary[];
  more: boolean;
};

/** The user's sessions as the sidebar shows them. */
export type SessionList = {
  state: Observable<SessionListState>;
  refresh: () => Promise<void>;
  showMore: () => Promise<void>;
  /** Puts in a session that was just created, before the next refresh. */
  add: (session: SessionSummary) => void;
  rename: (id: string, title: string) => Promise<void>;
  /** Hides a session at once and deletes it; it comes back when the gateway refuses. */
  remove: (id: string) => Promise<void>;
  /** Refreshes again and again while the page is visible; returns the function that ends it. */
  watch: (everyMs: number) => () => void;
};

const pageSize = 50;

export function createSessionList(api: SessionsApi): SessionList {
  const state = createObservable<SessionListState>({ status: 'loading', sessions: [], more: false });
  const hidden = new Set<string>();
  let limit = pageSize;
  let running: Promise<void> | undefined;

  const show = (change: Partial<SessionListState>) => {
    const next = { ...state.get(), ...change };
    state.set({ ...next, sessions: next.sessions.filter((session) => !hidden.has(session.id)) });
  };

  const load = async () => {
    try {
      const page = await api.list({ limit });
      show({ status: 'ready', sessions: page.sessions, more: page.nextCursor !== null });
    } catch {
      if (state.get().status !== 'ready') show({ status: 'failed' });
    }
  };

  const refresh = () => {
    running ??= load().finally(() => {
      running = undefined;
    });
    return running;
  };

  return {
    state,
    refresh,
    showMore: async () => {
      limit += pageSize;
      await refresh();
    },
    add: (session) => {
      const others = state.get().sessions.filter((known) => known.id !== session.id);
      show({ status: 'ready', sessions: [session, ...others] });
    },
    rename: async (id, title) => {
      await api.rename(id, title);
      const sessions = state.get().sessions;
      show({ sessions: sessions.map((session) => (session.id === id ? { ...session, title } : session)) });
    },
    remove: async (id) => {
      hidden.add(id);
      show({});
      try {
        await api.remove(id);
      } catch (error) {
        hidden.delete(id);
        void refresh();
        throw error;
      }
    },
    watch: (everyMs) => {
      const tick = () => {
        if (document.visibilityState === 'visible') void refresh();
      };
      tick();
      const timer = setInterval(tick, everyMs);
      document.addEventListener('visibilitychange', tick);
      return () => {
        clearInterval(timer);
        document.removeEventListener('visibilitychange', tick);
      };
    },
  };
}
