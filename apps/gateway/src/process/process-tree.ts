import { readdirSync, readFileSync } from 'node:fs';

type Stat = { pid: number; parent: number; group: number; state: string };

/** A line of /proc/PID/stat. The name may hold spaces and brackets, so fields count from the last bracket (proc_pid_stat(5)). */
function readStat(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state = '', parent = '0', group = '0'] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { pid, parent: Number(parent), group: Number(group), state };
  } catch {
    return undefined;
  }
}

function allPids(): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

function carriesMark(pid: number, mark: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(mark);
  } catch {
    return false;
  }
}

/** NOTE: a zombie is dead for us; PID 1 of a container often does not reap, so `kill(pid, 0)` would call it alive. */
function isAlive({ state }: Stat): boolean {
  return state !== 'Z' && state !== 'X';
}

/**
 * Everything that still runs and came from `root`: its group, its children's children, and whoever carries `mark`
 * (`NAME=value`) in the environment it was born with, so that those who left the group or lost their parent are found.
 * Empty where there is no /proc.
 */
export function descendants(root: number, mark: string): number[] {
  const stats = allPids()
    .flatMap((pid) => readStat(pid) ?? [])
    .filter(isAlive);
  const found = new Set<number>([root]);
  for (let size = 0; size !== found.size; ) {
    size = found.size;
    for (const { pid, parent, group } of stats) if (found.has(parent) || group === root) found.add(pid);
  }
  for (const { pid } of stats) if (!found.has(pid) && carriesMark(pid, mark)) found.add(pid);
  return stats.filter(({ pid }) => found.has(pid)).map(({ pid }) => pid);
}

/** Sends a signal; a process that is already gone is fine. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
