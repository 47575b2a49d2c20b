import type { SpawnProcess } from '../process/child-process.ts';
import { createFailedWorker, startFailed } from './failed-worker.ts';
import type { StartFailure } from './start-failure.ts';
import type { Worker, WorkerListener, WorkerState } from './worker.ts';
import { lasting } from './worker-state.ts';

type RefusedStart = {
  spawn: SpawnProcess;
  listener: WorkerListener;
  /** The process of an earlier gateway that was to be gone on with: it is ended. */
  adopt: WorkerState | undefined;
};

/** A worker that is not started, for a reason that its exit tells. No process is left behind. */
export function refuseStart(
  failure: string | StartFailure,
  { spawn, listener, adopt }: RefusedStart,
): Worker {
  if (!adopt) return createFailedWorker(failure, listener);
  const exit = startFailed(failure);
  const process = spawn(
    { file: '', args: [], cwd: '/', env: {}, ...lasting(adopt) },
    { onLines() {}, onExit: () => listener.onExit(exit) },
  );
  const gone = process.stop().then(() => exit);
  return { pid: process.pid, prompt() {}, interrupt() {}, stop: () => gone };
}

/** What is said of a process whose adapter wrote its memory in another form. */
export function foreignMemory(title: string): string {
  return `${title} was started by another version of the gateway, from whose notes this one cannot go on; it was ended, and the next prompt resumes its conversation`;
}
