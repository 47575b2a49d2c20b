import * as z from 'zod';
import type { WorkerRecord } from '../store.ts';

const processHandle = z.object({
  pid: z.number(),
  startTime: z.string(),
  mark: z.string(),
  folder: z.string(),
});

/** A worker as SQLite gives it, JSON still as text. */
export type WorkerRow = Omit<WorkerRecord, 'process'> & { process: string };

export const selectWorker = `
  select process, digested as offset, memory, turn_id as turnId from workers where session_id = ?`;

export function toWorkerRecord(row: WorkerRow): WorkerRecord {
  return { ...row, process: processHandle.parse(JSON.parse(row.process)) };
}

export function toWorkerRow(record: WorkerRecord): WorkerRow {
  return { ...record, process: JSON.stringify(record.process) };
}
