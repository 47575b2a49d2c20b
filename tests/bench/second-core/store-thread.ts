// Stores what the main thread hands over, and says so.
import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../../../apps/gateway/src/ground/clock.ts';
import { openSqliteStore } from '../../../apps/gateway/src/store/sqlite-store.ts';
import { type Asking, shared, type Write } from './hand-over.ts';
import { keep } from './keep.ts';

const { path, memory }: Asking = workerData;
const store = await openSqliteStore({ path, clock: systemClock });
const port = parentPort;
if (!port) throw new Error('this is a thread');

/** Sleeps in the kernel until it is asked: nothing is queued, no event loop turns. */
function serve(memory: SharedArrayBuffer): void {
  const state = new Int32Array(memory, 0, 3);
  const bytes = new Uint8Array(memory, shared.head);
  for (let turn = 0; ; turn += 1) {
    Atomics.wait(state, shared.asked, turn);
    const text = Buffer.from(bytes.slice(0, Atomics.load(state, shared.length))).toString();
    keep(store, JSON.parse(text) as Write[]);
    Atomics.store(state, shared.done, turn + 1);
    Atomics.notify(state, shared.done);
  }
}

port.postMessage('ready');
if (memory) serve(memory);
else
  port.on('message', (writes: readonly Write[]) => {
    keep(store, writes);
    port.postMessage('stored');
  });
