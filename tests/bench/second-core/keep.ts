import type { SessionStore } from '../../../apps/gateway/src/store/store.ts';
import type { Write } from './hand-over.ts';

/** Each in a transaction of its own. */
export function keep(store: SessionStore, writes: readonly Write[]): void {
  for (const write of writes) {
    if ('record' in write) store.create(write.record);
    else store.commit(write.sessionId, write.commit, write.now);
  }
}
