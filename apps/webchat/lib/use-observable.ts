'use client';
import { useSyncExternalStore } from 'react';
import type { Observable } from './observable.ts';

/** The value of an observable, rendering again whenever it changes. */
export function useObservable<T>(observable: Observable<T>): T {
  return useSyncExternalStore(observable.subscribe, observable.get, observable.get);
}
