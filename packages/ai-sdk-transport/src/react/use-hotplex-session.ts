import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { type SessionStatus, SessionWatch, type WatchOptions } from '../status/session-watch.ts';

/**
 * What `useChat` lacks of a session: its queue, what it waits for, its context and figures, the connection. It answers and
 * acts by the transport. `history` counts as it was when the component came.
 */
export function useHotPlexSession({ transport, id, history }: WatchOptions): SessionStatus {
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is read anew later is already being followed.
  const watch = useMemo(() => new SessionWatch({ transport, id, history }), [transport, id]);
  const subscribe = useCallback((listener: () => void) => watch.subscribe(listener), [watch]);
  const read = () => watch.status;
  return useSyncExternalStore(subscribe, read, read);
}
