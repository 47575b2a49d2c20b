import { readFileSync } from 'node:fs';

/**
 * Whether what is typed into the terminal is meant for this process. One that was put into the background by its shell
 * would be stopped by the kernel when it reads (SIGTTIN), and a gateway that is stopped answers nobody. Where there is no
 * /proc it is taken to be in the foreground.
 */
export function readsTerminal({ isTTY }: { isTTY?: boolean }, stat: string | null = ownStat()): boolean {
  if (!isTTY) return false;
  // The program's name, in brackets, may have brackets and spaces in it; see proc_pid_stat(5).
  const [, , group, , , foreground] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
  return group === foreground;
}

function ownStat(): string | null {
  try {
    return readFileSync('/proc/self/stat', 'utf8');
  } catch {
    return null;
  }
}
