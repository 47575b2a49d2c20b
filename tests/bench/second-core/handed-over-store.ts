import { createMemoryStore } from '../../../apps/gateway/src/store/memory-store.ts';
import type { Commit, Store } from '../../../apps/gateway/src/store/store.ts';
import type { HandOver, Write } from './hand-over.ts';

/**
 * A store that another thread has: what is written in a turn of the event loop is handed over at its end, and what a step causes
 * waits until it is stored, as in a cluster. What sessions ask for they find here; of what is said nothing is kept.
 */
export function createHandedOverStore(thread: HandOver): { store: Store; idle(): Promise<void> } {
  const memory = createMemoryStore();
  let waiting: Write[] = [];
  let listeners: (() => void)[] = [];
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      const [writes, told] = [waiting, listeners];
      [waiting, listeners] = [[], []];
      await thread.store(writes);
      for (const tell of told) tell();
    }
    running = undefined;
  }

  function write(one: Write): void {
    waiting.push(one);
    running ??= new Promise<void>((resolve) => setImmediate(resolve)).then(run);
  }

  /** What an agent says is read by nobody here. */
  const isRead = ({ session = {}, inputs = [], interactions = [] }: Commit) =>
    inputs.length + interactions.length + Object.keys(session).length > 0;

  const store: Store = {
    ...memory,
    create(record) {
      memory.create(record);
      write({ record });
    },
    commit(sessionId, commit, now) {
      if (isRead(commit)) memory.commit(sessionId, { ...commit, events: [] }, now);
      write({ sessionId, commit, now });
    },
    awaitSettled(_, told) {
      if (!running) return false;
      listeners.push(() => told());
      return true;
    },
  };
  return {
    store,
    async idle() {
      while (running) await running;
    },
  };
}
