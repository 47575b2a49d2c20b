/** A value that can be watched; what React reads through `useObservable`. */
export type Observable<T> = {
  get: () => T;
  subscribe: (listener: () => void) => () => void;
};

export type WritableObservable<T> = Observable<T> & { set: (value: T) => void };

/** Holds one value; listeners hear of it only when it is another one. */
export function createObservable<T>(initial: T): WritableObservable<T> {
  let current = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => current,
    set: (value) => {
      if (Object.is(value, current)) return;
      current = value;
      for (const listener of [...listeners]) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
