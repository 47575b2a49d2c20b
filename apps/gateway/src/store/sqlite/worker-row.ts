import * as z from 'zod';
import type { WorkerChange, WorkerRecord } from '../store.ts';

const processHandle = z.object({
  pid: z.number(),
  startTime: z.string(),
  mark: z.string(),
  folder: z.string(),
});

/** A worker as SQLite gives it, JSON still as text. */
export type WorkerRow = Omit<WorkerRecord, 'process'> & { process: string };
export type WorkerChangeRow = Omit<WorkerRow, 'memory'>;

export const selectWorker = `
  select process, digested as offset, memory, turn_id as turnId
  from workers join worker_memories using (session_id) where session_id = ?`;

export function toWorkerRecord(row: WorkerRow): WorkerRecord {
  return { ...row, process: processHandle.parse(JSON.parse(row.process)) };
}

export function toWorkerChangeRow({ process, offset, turnId }: WorkerChange): WorkerChangeRow {
  return { process: JSON.stringify(process), offset, turnId };
}
