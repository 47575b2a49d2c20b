// Puts the log of a database into it, each time it is asked to: a thread of its own, since the disk is waited for.
import { parentPort, workerData } from 'node:worker_threads';
import { connectSqlite } from './connect-sqlite.ts';
import { failureCode } from './failure-code.ts';

/** What is in the log, and how much of that is in the database too; or why it could not be put there. */
export type Checkpointed = { log: number; checkpointed: number } | { reason: string };

const { path, synchronous }: { path: string; synchronous: string } = workerData;
const connection = connectSqlite(path);
connection.pragma(`synchronous = ${synchronous}`);

function checkpoint(): Checkpointed {
  try {
    // NOTE: `passive` waits for nobody and nobody waits for it: what is written meanwhile stays in the log.
    const [state] = connection.pragma('wal_checkpoint(passive)') as { log: number; checkpointed: number }[];
    return state ?? { reason: 'no answer' };
  } catch (error) {
    return { reason: failureCode(error) ?? String(error) };
  }
}

parentPort?.on('message', (asked: 'checkpoint' | 'close') => {
  if (asked === 'checkpoint') parentPort?.postMessage(checkpoint());
  else {
    connection.close();
    parentPort?.close();
  }
});
