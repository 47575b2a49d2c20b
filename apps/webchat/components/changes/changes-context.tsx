'use client';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { ChangesState, RevertUndo } from '../../lib/changes.ts';
import { useObservable } from '../../lib/use-observable.ts';
import { useWebChat } from '../web-chat-context.tsx';

type OpenChanges = ChangesState & {
  sessionId: string;
  workDir: string;
  /** Shows the panel, with everything or with one turn. */
  open: (since?: string) => void;
  /** Shows a file of the work directory, by its path in there. */
  openFile: (path: string, line?: number) => void;
  close: () => void;
  /** Fetches what was changed; how all files stand then, if that is known. */
  refresh: () => Promise<string | undefined>;
  offerUndo: (undo: RevertUndo | undefined) => void;
};

const Context = createContext<OpenChanges | undefined>(undefined);

type Props = { sessionId: string; workDir: string; children: ReactNode };

/** What the session of this conversation changed, for whatever shows some of it. */
export function ChangesProvider({ sessionId, workDir, children }: Props) {
  const { changes } = useWebChat();
  const state = useObservable(changes.of(sessionId));
  const value = useMemo(
    () => ({
      ...state,
      ...{ sessionId, workDir },
      open: (since?: string) => changes.open(sessionId, since),
      openFile: (path: string, line?: number) => changes.openFile(sessionId, { path, line }),
      close: () => changes.close(sessionId),
      refresh: async () => {
        await changes.refresh(sessionId);
        const { list, error } = changes.of(sessionId).get();
        return error === undefined ? list?.state : undefined;
      },
      offerUndo: (undo: RevertUndo | undefined) => changes.offerUndo(sessionId, undo),
    }),
    [changes, sessionId, workDir, state],
  );
  return <Context value={value}>{children}</Context>;
}

/** Undefined where there is no conversation around, as in the gallery. */
export function useChanges(): OpenChanges | undefined {
  return useContext(Context);
}

export function useOpenChanges(): OpenChanges {
  const changes = useChanges();
  if (!changes) throw new Error('useOpenChanges belongs inside a ChangesProvider');
  return changes;
}
