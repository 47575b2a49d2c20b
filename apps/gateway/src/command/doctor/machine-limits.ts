import { readFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { constrainedMemory } from 'node:process';

/** How much of everything the gateway and its agents may use together; infinite where nothing says so. */
export type MachineLimits = {
  /** Files that the gateway may have open. */
  files: number;
  /** Processes and threads, which the kernel counts alike. */
  tasks: number;
  /** Memory, bytes. */
  bytes: number;
};

/** As the kernel says it: on Linux man 5 proc_pid_limits and the documentation of its control groups, 1 and 2. */
export function readMachineLimits(): MachineLimits {
  const own = read('/proc/self/limits');
  const limit = (name: string) => toNumber(new RegExp(`^${name}\\s+\\S+\\s+(\\S+)`, 'm').exec(own)?.[1]);
  const kernel = ['pid_max', 'threads-max'].map((name) => toNumber(read(`/proc/sys/kernel/${name}`)));
  return {
    // Node raises what it may use to the most that it may raise it to.
    files: limit('Max open files'),
    tasks: Math.min(limit('Max processes'), ...kernel, ...groupLimits()),
    // NOTE: where there is no limit this is a number that is larger than any memory, or 0.
    bytes: Math.min(totalmem(), constrainedMemory() || Number.POSITIVE_INFINITY),
  };
}

/** Those of our control group and of all above it. */
function groupLimits(): number[] {
  const [, path = ''] = /^(?:\d+:pids|0:):(\/.*)$/m.exec(read('/proc/self/cgroup')) ?? [];
  const limits: number[] = [];
  for (let group = path; group.startsWith('/'); group = dirname(group)) {
    for (const root of ['/sys/fs/cgroup', '/sys/fs/cgroup/pids'])
      limits.push(toNumber(read(join(root, group, 'pids.max'))));
    if (group === '/') break;
  }
  return limits;
}

/** `max`, `unlimited` and what is not there are no limit. */
function toNumber(word: string | undefined): number {
  return /^\d+\s*$/.test(word ?? '') ? Number(word) : Number.POSITIVE_INFINITY;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
