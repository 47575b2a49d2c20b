import { createObservable, type Observable } from './observable.ts';
import { readStored, writeStored } from './stored.ts';

const storageKey = 'hotplex.pinned';
/** Each is asked for by itself once it is too old for the list. */
const mostPins = 20;

type Storage = { read: (key: string) => string | null; write: (key: string, value: string | null) => void };

/** The sessions that stay at the top of the list; kept in this browser. */
export type Pins = {
  /** Ids, the newest pin first. */
  state: Observable<readonly string[]>;
  toggle: (id: string) => void;
};

export function createPins(storage: Storage = { read: readStored, write: writeStored }): Pins {
  const state = createObservable<readonly string[]>(parse(storage.read(storageKey)));
  return {
    state,
    toggle: (id) => {
      const known = state.get();
      const next = known.includes(id)
        ? known.filter((other) => other !== id)
        : [id, ...known].slice(0, mostPins);
      state.set(next);
      storage.write(storageKey, next.length === 0 ? null : JSON.stringify(next));
    },
  };
}

function parse(stored: string | null): string[] {
  try {
    const ids: unknown = JSON.parse(stored ?? '[]');
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string').slice(0, mostPins) : [];
  } catch {
    return [];
  }
}
