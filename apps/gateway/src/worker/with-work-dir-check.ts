import { createFailedWorker } from './failed-worker.ts';
import { type StartFailure, toStartFailure } from './start-failure.ts';
import type { StartWorker } from './worker.ts';

/**
 * Looks at the work dir again before an agent is started: since the session was opened, a part of its path may have become a link
 * (requirement F1). `resolve` is what was asked then; throws GatewayError if no agent may work there.
 */
export function withWorkDirCheck(start: StartWorker, resolve: (workDir: string) => string): StartWorker {
  return (options, listener) => {
    // One that runs already has its folder open.
    const problem = options.adopt ? undefined : problemOf(options.workDir, resolve);
    return problem === undefined ? start(options, listener) : createFailedWorker(problem, listener);
  };
}

function problemOf(workDir: string, resolve: (workDir: string) => string): StartFailure | undefined {
  try {
    const real = resolve(workDir);
    if (real === workDir) return undefined;
    const message = `${workDir} leads to ${real} now: open a new session there`;
    return { message, details: { field: 'work_dir', problem: 'moved' } };
  } catch (error) {
    return toStartFailure(error);
  }
}
