/**
 * The worker thread of a store on PostgreSQL: it does what the main thread asks on its one connection, one thing after
 * the other, and wakes the main thread, which waits for the answer.
 */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { BridgeConnection } from './bridge-connection.ts';
import { toBridgeFailure } from './bridge-error.ts';
import { type BridgeAnswer, type BridgeData, type BridgeRequest, places } from './bridge-messages.ts';

const { port, shared, ...options } = workerData as BridgeData & { port: MessagePort };

const connection = new BridgeConnection({
  ...options,
  onReachable: (isReachable) => Atomics.store(shared, places.isDown, isReachable ? 0 : 1),
});

function answer(message: BridgeAnswer): void {
  port.postMessage(message);
  Atomics.add(shared, places.answers, 1);
  Atomics.notify(shared, places.answers);
}

async function serve(request: BridgeRequest): Promise<void> {
  if (request.kind === 'abandon') return await connection.abandon();
  const { id } = request;
  try {
    if (request.kind === 'close') await connection.close();
    const rows = request.kind === 'close' ? [] : await connection[request.kind](request.statements);
    answer({ id, rows });
  } catch (error) {
    answer({ id, failure: toBridgeFailure(error) });
  }
}

port.on('message', (request: BridgeRequest) => void serve(request));
const first: BridgeAnswer = await connection.opened().then(
  () => ({ id: 0, rows: [] }),
  (error) => ({ id: 0, failure: toBridgeFailure(error) }),
);
parentPort?.postMessage(first);
