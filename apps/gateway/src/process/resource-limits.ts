import { readFileSync } from 'node:fs';
import { findTool } from './find-tool.ts';
import type { Walled } from './isolation.ts';

/** Enough for a build that watches a large tree. */
const mostOpenFiles = 65_536;

/** The limits of the kernel on each process of an agent: open files, and no memory dumps in the work dir. */
export function createResourceLimits(): <O extends Walled>(options: O) => O {
  const prlimit = findTool('prlimit');
  if (prlimit === undefined) return (options) => options;
  const files = Math.min(mostOpenFiles, hardLimitOfFiles());
  const limits = ['--core=0', `--nofile=${files}:${files}`];
  // It becomes the program: pid and parent stay what they are.
  return (options) => ({ ...options, file: prlimit, args: [...limits, '--', options.file, ...options.args] });
}

/** Nobody but root may raise it (man 5 proc_pid_limits). */
function hardLimitOfFiles(): number {
  try {
    const limit = /^Max open files\s+\S+\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
    return limit === undefined ? mostOpenFiles : Number(limit);
  } catch {
    return mostOpenFiles;
  }
}
