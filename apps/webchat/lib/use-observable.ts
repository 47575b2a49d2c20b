'use client';
import { useSyncExternalStore } from 'react';
import type { Observable } from './observable.ts';

/** The value of an observable, rendering again whenever it changes. */
export function useObservable<T>(observable: Observable<T>): T {
  return useSyncExternalStore(observable.subscribe, observable.get, observable.get);
}

/** One part of the value, rendering again only when that part is another one. */
export function useObservablePart<T, Key extends keyof T>(observable: Observable<T>, key: Key): T[Key] {
  const read = () => observable.get()[key];
  return useSyncExternalStore(observable.subscribe, read, read);
}
