import { readStored, writeStored } from './stored.ts';

const prefix = 'hotplex.draft.';

type Storage = { read: (key: string) => string | null; write: (key: string, value: string | null) => void };

/** What was typed but not sent, kept per session over reloads. */
export type Drafts = {
  get: (sessionId: string) => string;
  set: (sessionId: string, text: string) => void;
  /** Puts something below what is typed already, and tells the field. */
  append: (sessionId: string, text: string) => void;
  /** Calls `listener` with the whole draft when something is put below it. */
  onAppend: (sessionId: string, listener: (text: string) => void) => () => void;
};

export function createDrafts(storage: Storage = { read: readStored, write: writeStored }): Drafts {
  const memory = new Map<string, string>();
  const listeners = new Map<string, Set<(text: string) => void>>();
  const get = (sessionId: string) => memory.get(sessionId) ?? storage.read(prefix + sessionId) ?? '';
  const set = (sessionId: string, text: string) => {
    memory.set(sessionId, text);
    storage.write(prefix + sessionId, text === '' ? null : text);
  };
  return {
    get,
    set,
    append: (sessionId, text) => {
      const typed = get(sessionId).trimEnd();
      const whole = typed === '' ? text : `${typed}\n\n${text}`;
      set(sessionId, whole);
      for (const listener of listeners.get(sessionId) ?? []) listener(whole);
    },
    onAppend: (sessionId, listener) => {
      const own = listeners.get(sessionId) ?? new Set();
      listeners.set(sessionId, own.add(listener));
      return () => own.delete(listener);
    },
  };
}
