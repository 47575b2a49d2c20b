'use client';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { ChangesState } from '../../lib/changes.ts';
import { useObservable } from '../../lib/use-observable.ts';
import { useWebChat } from '../web-chat-context.tsx';

type OpenChanges = ChangesState & {
  sessionId: string;
  /** Shows the panel, with everything or with one turn. */
  open: (since?: string) => void;
  close: () => void;
  refresh: () => Promise<void>;
};

const Context = createContext<OpenChanges | undefined>(undefined);

/** What the session of this conversation changed, for whatever shows some of it. */
export function ChangesProvider({ sessionId, children }: { sessionId: string; children: ReactNode }) {
  const { changes } = useWebChat();
  const state = useObservable(changes.of(sessionId));
  const value = useMemo(
    () => ({
      ...state,
      sessionId,
      open: (since?: string) => changes.open(sessionId, since),
      close: () => changes.close(sessionId),
      refresh: () => changes.refresh(sessionId),
    }),
    [changes, sessionId, state],
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
