import { globSync, readFileSync, readlinkSync } from 'node:fs';
import { sum } from '../../apps/gateway/src/ground/sum.ts';

/** Milliseconds that all threads of a process used of the processors since it began (Linux, /proc/PID/task/TID/schedstat). */
export function processorMs(pid: number): number {
  const threads = globSync(`/proc/${pid}/task/*/schedstat`);
  return sum(threads.map((file) => Number(readFileSync(file, 'latin1').split(' ', 1)[0]))) / 1e6;
}

/** How many processes of this machine run a program, given by its absolute path. */
export function countProcesses(program: string): number {
  return globSync('/proc/[0-9]*/exe').filter((link) => {
    try {
      return readlinkSync(link) === program;
    } catch {
      // It is gone, or of somebody else.
      return false;
    }
  }).length;
}
