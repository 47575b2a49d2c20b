import type { Exit, Worker, WorkerListener } from './worker.ts';

/**
 * A worker that could not be started: tells its exit as soon as its owner knows it, and what has to be over before is,
 * and ignores everything else.
 */
export function createFailedWorker(
  message: string,
  listener: WorkerListener,
  before: Promise<unknown> = Promise.resolve(),
): Worker {
  const exit: Exit = { reason: 'start-failed', code: null, signal: null, message, stderr: '' };
  const gone = before.then(() => {
    listener.onExit(exit);
    return exit;
  });
  return {
    pid: undefined,
    prompt() {},
    interrupt() {},
    stop: () => gone,
  };
}
