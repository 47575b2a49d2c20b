import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { systemClock } from '../../../apps/gateway/src/ground/clock.ts';
import { openSqliteStore } from '../../../apps/gateway/src/store/sqlite-store.ts';
import { type Asking, type HandOver, shared } from './hand-over.ts';
import { keep } from './keep.ts';

/** As it is: the thread of the sessions stores. */
export async function here(): Promise<HandOver> {
  const folder = mkdtempSync(join(tmpdir(), 'hotplex-second-core-'));
  const store = await openSqliteStore({ path: join(folder, 'hotplex.db'), clock: systemClock });
  return {
    store: async (writes) => keep(store, writes),
    async [Symbol.asyncDispose]() {
      store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Another thread stores; writes and answers are messages of Node's. */
export async function byMessages(): Promise<HandOver> {
  const { thread, end } = await start();
  let stored = () => {};
  thread.on('message', () => stored());
  return {
    store(writes) {
      const { promise, resolve } = Promise.withResolvers<void>();
      stored = resolve;
      thread.postMessage(writes);
      return promise;
    },
    [Symbol.asyncDispose]: end,
  };
}

/** Another thread stores; writes are bytes in memory that both see, and each wakes the other. */
export async function byMemory(): Promise<HandOver> {
  const memory = new SharedArrayBuffer(shared.head + shared.size);
  const { end } = await start({ memory });
  const state = new Int32Array(memory, 0, 3);
  const bytes = Buffer.from(memory, shared.head);
  let turn = 0;
  return {
    async store(writes) {
      Atomics.store(state, shared.length, bytes.write(JSON.stringify(writes)));
      turn += 1;
      Atomics.store(state, shared.asked, turn);
      Atomics.notify(state, shared.asked);
      await Atomics.waitAsync(state, shared.done, turn - 1).value;
    },
    [Symbol.asyncDispose]: end,
  };
}

async function start(given: Omit<Asking, 'path'> = {}): Promise<{ thread: Worker; end(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'hotplex-second-core-'));
  const workerData: Asking = { path: join(folder, 'hotplex.db'), ...given };
  const thread = new Worker(new URL('store-thread.ts', import.meta.url), { workerData });
  await once(thread, 'message');
  return {
    thread,
    async end() {
      await thread.terminate();
      rmSync(folder, { recursive: true });
    },
  };
}
