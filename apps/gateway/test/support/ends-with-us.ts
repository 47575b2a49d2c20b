import type { ChildProcess } from 'node:child_process';

const running = new Set<ChildProcess>();

/**
 * A program that a test started, which is not left behind: it is killed when the process that runs the tests ends, also
 * where that is ended because a test never did. What it says on stderr, a pipe, is told `onSaid`: as a rule whoever runs
 * the tests. A program that had our own stderr would keep it open, and Vitest waits for the end of that.
 */
export function endsWithUs<Child extends ChildProcess>(
  child: Child,
  onSaid: (text: string) => void = (text) => process.stderr.write(text),
): Child {
  running.add(child);
  child.once('exit', () => running.delete(child));
  child.stderr?.setEncoding('utf8').on('data', onSaid);
  return child;
}

function endAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

process.once('exit', endAll);
process.once('SIGTERM', () => {
  endAll();
  process.kill(process.pid, 'SIGTERM');
});
