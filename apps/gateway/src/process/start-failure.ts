import { statSync } from 'node:fs';
import type { ProcessOptions } from './child-process.ts';

/** Why a process could not be started and what to do about it, in words for people. Never throws. */
export function toStartFailure(error: unknown, { file, cwd }: Pick<ProcessOptions, 'file' | 'cwd'>): string {
  const code = codeOf(error);
  // NOTE: for a missing folder the system reports ENOENT too, and names the program.
  if (!isDirectory(cwd)) return `the folder ${cwd} does not exist; create it or choose another`;
  if (code === 'ENOENT') {
    return `${file} was not found, or what its first line names was not; install it or correct the path`;
  }
  if (code === 'EACCES') return `${file} may not be run in ${cwd}; check the permissions of both`;
  if (code === 'E2BIG') return `${file} was given more arguments and environment than the system takes`;
  if (code === 'EAGAIN' || code === 'EMFILE' || code === 'ENFILE' || code === 'ENOMEM') {
    return `${file} could not be started because the machine is out of processes, files or memory (${code})`;
  }
  return `${file} could not be started (${code})`;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'no reason given';
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
