import * as z from 'zod';
import type { ProcessHandle } from '../../process/child-process.ts';
import type { WorkerChange, WorkerRecord } from '../store.ts';

const processHandle = z.object({
  pid: z.number(),
  startTime: z.string(),
  mark: z.string(),
  folder: z.string(),
});

/** A worker as a database gives it, JSON still as text. */
export type WorkerRow = Omit<WorkerRecord, 'process'> & { process: string };
export type WorkerChangeRow = Omit<WorkerRow, 'memory'>;

/** Every worker, under the names of `WorkerRow`. */
export const selectWorker = `
  select process, digested as "offset", memory, turn_id as "turnId"
  from workers join worker_memories using (session_id)`;

export function toWorkerRecord(row: WorkerRow): WorkerRecord {
  return { ...row, process: processHandle.parse(JSON.parse(row.process)) };
}

const texts = new WeakMap<ProcessHandle, string>();

/** A process has one handle for as long as it is ours, and is written with each thing it says: its text is made once. */
export function toWorkerChangeRow({ process: handle, offset, turnId }: WorkerChange): WorkerChangeRow {
  const process = texts.get(handle) ?? JSON.stringify(handle);
  texts.set(handle, process);
  return { process, offset, turnId };
}
