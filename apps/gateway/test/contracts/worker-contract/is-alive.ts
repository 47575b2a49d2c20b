import { createProcessTable } from '../../../src/process/process-table.ts';

const table = createProcessTable();

/** Whether there is such a process. One that only waits to be reaped is dead; where that cannot be seen, it counts. */
export function isAlive(pid: number): boolean {
  const entry = table.find(pid);
  if (entry) return !entry.zombie;
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
