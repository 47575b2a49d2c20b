import { readdirSync, readFileSync } from 'node:fs';

/** The processes of this data folder: their arguments or their environment name it. Linux only. */
export function processesOf(dataDir: string): number[] {
  return pids().filter((pid) => {
    const words = `${read(pid, 'cmdline')}\0${read(pid, 'environ')}`;
    return pid !== process.pid && words.includes(dataDir) && !isZombie(pid);
  });
}

/** The demo agents of this data folder. */
export function agentsOf(dataDir: string): number[] {
  return pids().filter((pid) => read(pid, 'cmdline').includes(`--state-dir=${dataDir}/`) && !isZombie(pid));
}

/** Open files and resident memory (bytes) of a process. */
export function footprint(pid: number): { files: number; bytes: number } {
  const resident = Number(/VmRSS:\s+(\d+) kB/.exec(read(pid, 'status'))?.[1] ?? 0);
  return { files: readdirSync(`/proc/${pid}/fd`).length, bytes: resident * 1024 };
}

/** What processes use of the memory (bytes), each its share of what several of them use. */
export function sharesOf(ids: readonly number[]): number {
  const shares = ids.map((pid) => Number(/^Pss:\s+(\d+) kB/m.exec(read(pid, 'smaps_rollup'))?.[1] ?? 0));
  return shares.reduce((sum, kilobytes) => sum + kilobytes * 1024, 0);
}

function pids(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function isZombie(pid: number): boolean {
  return /\) [ZX]/.test(read(pid, 'stat'));
}

function read(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'latin1');
  } catch {
    return '';
  }
}
