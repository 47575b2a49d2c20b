import { readStored, writeStored } from './stored.ts';

const prefix = 'hotplex.draft.';

type Storage = { read: (key: string) => string | null; write: (key: string, value: string | null) => void };

/** What was typed but not sent, kept per session over reloads. */
export type Drafts = { get: (sessionId: string) => string; set: (sessionId: string, text: string) => void };

export function createDrafts(storage: Storage = { read: readStored, write: writeStored }): Drafts {
  const memory = new Map<string, string>();
  return {
    get: (sessionId) => memory.get(sessionId) ?? storage.read(prefix + sessionId) ?? '',
    set: (sessionId, text) => {
      memory.set(sessionId, text);
      storage.write(prefix + sessionId, text === '' ? null : text);
    },
  };
}
