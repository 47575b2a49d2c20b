import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { systemEnvironment } from '../system-environment.ts';

const run = promisify(execFile);

function options() {
  return { timeout: 10_000, env: systemEnvironment() };
}

/** Makes a FIFO that only we and our children can open. Node cannot; `mkfifo` is in POSIX. Throws if it did not work. */
export function makeFifo(path: string): void {
  execFileSync('mkfifo', ['-m', '600', path], { ...options(), stdio: 'ignore' });
}

/**
 * Gives the bytes of a part of a file back to the file system (man 1 fallocate, of util-linux); what follows keeps its
 * place. Rejects where the tool is missing or the file system cannot.
 */
export async function punchHole(path: string, { from, to }: { from: number; to: number }): Promise<void> {
  const range = ['--offset', String(from), '--length', String(to - from)];
  await run('fallocate', ['--punch-hole', '--keep-size', ...range, path], options());
}
