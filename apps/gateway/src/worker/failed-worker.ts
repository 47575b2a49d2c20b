import type { Exit, Worker, WorkerListener } from './worker.ts';

/** A worker that could not be started: tells its exit as soon as its owner knows it, and ignores everything else. */
export function createFailedWorker(message: string, listener: WorkerListener): Worker {
  const exit: Exit = { reason: 'start-failed', code: null, signal: null, message, stderr: '' };
  queueMicrotask(() => listener.onExit(exit));
  return {
    pid: undefined,
    prompt() {},
    interrupt() {},
    stop: async () => exit,
  };
}
