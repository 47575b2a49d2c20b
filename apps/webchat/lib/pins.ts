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
  /** For a session that is gone: it would be asked for again and again, and take a place. */
  remove: (id: string) => void;
};

export function createPins(storage: Storage = { read: readStored, write: writeStored }): Pins {
  const state = createObservable<readonly string[]>(parse(storage.read(storageKey)));
  const set = (next: readonly string[]) => {
    state.set(next);
    storage.write(storageKey, next.length === 0 ? null : JSON.stringify(next));
  };
  const remove = (id: string) => {
    const known = state.get();
    if (known.includes(id)) set(known.filter((other) => other !== id));
  };
  return {
    state,
    remove,
    toggle: (id) => {
      const known = state.get();
      if (known.includes(id)) remove(id);
      else set([id, ...known].slice(0, mostPins));
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
