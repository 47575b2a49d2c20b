import type { ChangeList, ChangesApi } from '@hotplex/client-sdk';
import { createObservable, type Observable, type WritableObservable } from './observable.ts';

/** A file of the work directory that is shown. */
export type OpenedFile = {
  /** Relative to the work directory, with slashes. */
  path: string;
  /** The line to lead to. */
  line: number | undefined;
};

/** What the panel of a session shows: everything since its beginning, or one turn; or a file. */
export type ChangesState = {
  isOpen: boolean;
  /** Shown in place of the changes. */
  file: OpenedFile | undefined;
  /** `start`, or the id of a turn. */
  since: string;
  /** Undefined until it was fetched. */
  list: ChangeList | undefined;
  /** Why it could not be fetched the last time. */
  error: unknown;
};

export type Changes = {
  of: (sessionId: string) => Observable<ChangesState>;
  /** Shows the panel, with everything or with one turn. */
  open: (sessionId: string, since?: string) => void;
  openFile: (sessionId: string, file: OpenedFile) => void;
  close: (sessionId: string) => void;
  /** Fetches the list anew. Never rejects. */
  refresh: (sessionId: string) => Promise<void>;
};

const closed: ChangesState = {
  ...{ isOpen: false, file: undefined },
  ...{ since: 'start', list: undefined, error: undefined },
};

/** The changes of each session, fetched when they are looked at and when something may have changed. */
export function createChanges(api: Pick<ChangesApi, 'list'>): Changes {
  const states = new Map<string, WritableObservable<ChangesState>>();
  const asked = new Map<string, number>();
  const of = (sessionId: string) => {
    const state = states.get(sessionId) ?? createObservable(closed);
    states.set(sessionId, state);
    return state;
  };
  const refresh = async (sessionId: string) => {
    const state = of(sessionId);
    const { since } = state.get();
    const number = (asked.get(sessionId) ?? 0) + 1;
    asked.set(sessionId, number);
    const put = (found: Partial<ChangesState>) => {
      // What was asked for later counts.
      if (asked.get(sessionId) === number) state.set({ ...state.get(), ...found });
    };
    await api.list(sessionId, { since }).then(
      (list) => put({ list, error: undefined }),
      (error: unknown) => put({ error }),
    );
  };
  return {
    of,
    open: (sessionId, since = 'start') => {
      const state = of(sessionId);
      const list = since === state.get().since ? state.get().list : undefined;
      state.set({ ...state.get(), isOpen: true, file: undefined, since, list });
      void refresh(sessionId);
    },
    openFile: (sessionId, file) => of(sessionId).set({ ...of(sessionId).get(), isOpen: true, file }),
    close: (sessionId) => of(sessionId).set({ ...of(sessionId).get(), isOpen: false, file: undefined }),
    refresh,
  };
}

/** How many files a turn changed; undefined until that is known. */
export function filesOfTurn(list: ChangeList | undefined, turnId: string): number | undefined {
  return list?.turns.find(({ id }) => id === turnId)?.files;
}
