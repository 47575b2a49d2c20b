import type { ChangeList, ChangesApi } from '@hotplex/client-sdk';
import { createObservable, type Observable, type WritableObservable } from './observable.ts';

/** A file of the work directory that is shown. */
export type OpenedFile = {
  /** Relative to the work directory, with slashes. */
  path: string;
  /** The line to lead to. */
  line: number | undefined;
};

/** Files went back, and can be taken forth again. */
export type RevertUndo = {
  /** What the gateway goes back to. */
  to: string;
  /** Set if it is about one file only. */
  path: string | undefined;
  /** How the file, or all of them, stand after it; when they are other by then, nothing is taken forth. */
  seen: string | null;
  /** What happened, for people. */
  words: string;
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
  /** The last time that files went back, until it cannot be undone any more. */
  undo: RevertUndo | undefined;
};

export type Changes = {
  of: (sessionId: string) => Observable<ChangesState>;
  /** Shows the panel, with everything or with one turn. */
  open: (sessionId: string, since?: string) => void;
  openFile: (sessionId: string, file: OpenedFile) => void;
  close: (sessionId: string) => void;
  /** From now on this can be undone; undefined: nothing. */
  offerUndo: (sessionId: string, undo: RevertUndo | undefined) => void;
  /** Fetches the list anew. Never rejects. */
  refresh: (sessionId: string) => Promise<void>;
};

const closed: ChangesState = {
  ...{ isOpen: false, file: undefined },
  ...{ since: 'start', list: undefined, error: undefined, undo: undefined },
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
      (list) => put({ list, error: undefined, undo: stillPossible(state.get().undo, list) }),
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
    offerUndo: (sessionId, undo) => of(sessionId).set({ ...of(sessionId).get(), undo }),
    refresh,
  };
}

/** Of one file the gateway has the last word, since the list does not name all of them. */
function stillPossible(undo: RevertUndo | undefined, list: ChangeList): RevertUndo | undefined {
  return undo?.path !== undefined || undo?.seen === list.state ? undo : undefined;
}

/** How many files a turn changed; undefined until that is known. */
export function filesOfTurn(list: ChangeList | undefined, turnId: string): number | undefined {
  return list?.turns.find(({ id }) => id === turnId)?.files;
}
