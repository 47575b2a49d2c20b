import type { EventRecord } from '../store/store.ts';

/** Somebody who follows a session. `deliver` is called after the events are stored, in order; it must not throw. */
export interface Subscriber {
  deliver(events: readonly EventRecord[]): void;
}
