'use client';
import { useMemo, useSyncExternalStore } from 'react';
import { type AdminPageName, isAdminPage } from './admin-pages.ts';

const moved = 'hotplex:moved';
const read = () => location.search;

function subscribe(listener: () => void): () => void {
  addEventListener('popstate', listener);
  addEventListener(moved, listener);
  return () => {
    removeEventListener('popstate', listener);
    removeEventListener(moved, listener);
  };
}

/** A page of operators and what it is narrowed to; both stand in the address, so that they can be sent to somebody. */
export type AdminPlace = { page: AdminPageName; filters: Readonly<Record<string, string>> };

/** The address of a place. */
export function adminHref({ page, filters }: AdminPlace): string {
  const given = Object.entries(filters).filter(([, value]) => value !== '');
  return `/admin?${new URLSearchParams([['page', page], ...given])}`;
}

export function goTo(place: AdminPlace): void {
  history.pushState(history.state, '', adminHref(place));
  dispatchEvent(new Event(moved));
}

/** Narrows the page that is open, without a step of its own in the history: what is typed would be many. */
export function narrow(place: AdminPlace): void {
  history.replaceState(history.state, '', adminHref(place));
  dispatchEvent(new Event(moved));
}

/** The place in the address bar; the overview where it names none. */
export function useAdminPlace(): AdminPlace {
  const search = useSyncExternalStore(subscribe, read, () => '');
  return useMemo(() => {
    const { page = null, ...filters } = Object.fromEntries(new URLSearchParams(search));
    return { page: isAdminPage(page) ? page : 'overview', filters };
  }, [search]);
}
