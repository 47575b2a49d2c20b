import type { StartFailure } from './start-failure.ts';
import type { Exit, Worker, WorkerListener } from './worker.ts';

/**
 * A worker that could not be started: tells its exit as soon as its owner knows it, and what has to be over before is,
 * and ignores everything else.
 */
export function createFailedWorker(
  failure: string | StartFailure,
  listener: WorkerListener,
  before: Promise<unknown> = Promise.resolve(),
): Worker {
  const exit = startFailed(failure);
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

/** How a worker ends that never began. */
export function startFailed(failure: string | StartFailure): Exit {
  const told = typeof failure === 'string' ? { message: failure } : failure;
  return { reason: 'start-failed', code: null, signal: null, stderr: '', ...told };
}
