import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Afterwards } from './isolation.ts';
import type { ProcessFolder } from './process-folder.ts';
import { clearPlaceholders } from './sandbox/placeholders.ts';
import { systemEnvironment } from './system-environment.ts';

const run = promisify(execFile);
const patienceMs = 10_000;

/** Forgets a process whose tree is gone, once all of it is cleared away. */
export async function removeProcess(folder: ProcessFolder): Promise<void> {
  await clearUp(folder.read()?.afterwards);
  // In one go and before its record: who starts meanwhile finds both or neither.
  clearPlaceholders(folder);
  await folder.remove();
}

/** Runs what clears up after a process. It fails where there is nothing to be cleared, which is what was wanted. */
export async function clearUp(afterwards: Afterwards | undefined): Promise<void> {
  if (!afterwards) return;
  const { file, args, env } = afterwards;
  await run(file, args, { env: { ...systemEnvironment(), ...env }, timeout: patienceMs }).catch(() => {});
}
