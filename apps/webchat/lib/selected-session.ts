'use client';
import { useSyncExternalStore } from 'react';

const parameter = 's';
const moved = 'hotplex:moved';

function read(): string | null {
  return new URLSearchParams(location.search).get(parameter);
}

function subscribe(listener: () => void): () => void {
  addEventListener('popstate', listener);
  addEventListener(moved, listener);
  return () => {
    removeEventListener('popstate', listener);
    removeEventListener(moved, listener);
  };
}

/** Opens a session, or the start page with `null`. The id lives in the query: a static export has no dynamic paths. */
export function selectSession(id: string | null): void {
  if (id === read()) return;
  history.pushState(history.state, '', id === null ? '/' : `/?${parameter}=${encodeURIComponent(id)}`);
  dispatchEvent(new Event(moved));
}

/** The session in the address bar. */
export function useSelectedSession(): string | null {
  return useSyncExternalStore(subscribe, read, () => null);
}
