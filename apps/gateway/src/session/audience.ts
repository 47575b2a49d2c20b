import type { Identity } from '../auth/identity.ts';
import type { EventRecord, SessionRecord } from '../store/store.ts';
import { mayUse } from './session-scope.ts';

type Hear = (record: Readonly<SessionRecord>, events: readonly EventRecord[]) => void;

/** Those who hear of all sessions that they may use, also of such as are opened later. */
export class Audience {
  readonly #listeners = new Set<{ identity: Identity; hear: Hear }>();

  /** `hear` is called after the events are stored; it must not throw. Returns what ends it. */
  join(identity: Identity, hear: Hear): () => void {
    const listener = { identity, hear };
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(record: Readonly<SessionRecord>, events: readonly EventRecord[]): void {
    for (const { identity, hear } of this.#listeners) if (mayUse(identity, record)) hear(record, events);
  }
}
