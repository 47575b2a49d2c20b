import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { isAbsolute } from 'node:path';
import type { Clock } from '../ground/clock.ts';
import { createIds, type Ids } from '../ground/ids.ts';
import { type Logger, silentLogger } from '../ground/logger.ts';
import type { ChildProcess, ProcessListener, ProcessOptions, SpawnProcess } from './child-process.ts';
import { createFailedProcess } from './failed-process.ts';
import { createProcessTable, type ProcessTable } from './process-table.ts';
import { createProcessTree } from './process-tree.ts';
import { SpawnedProcess } from './spawned-process.ts';
import { toStartFailure } from './start-failure.ts';

export type SpawnProcessOptions = {
  clock: Clock;
  ids?: Ids;
  logger?: Logger;
  /** Where descendants are looked for. Default: this machine's. */
  table?: ProcessTable;
};

/** The variable whose random value tells which tree a process belongs to. */
export const markName = 'AGENT_PROCESS_TREE';
const defaultMaxLineBytes = 32 * 1024 * 1024;
const defaultGraceMs = 4_000;

/** Starts children on this machine, each with a group and session of its own and no shell in between. */
export function createSpawnProcess({
  clock,
  ids = createIds(),
  logger = silentLogger,
  table = createProcessTable(),
}: SpawnProcessOptions): SpawnProcess {
  return (options: ProcessOptions, listener: ProcessListener): ChildProcess => {
    const mark = ids.uuid();
    const { maxLineBytes = defaultMaxLineBytes, graceMs = defaultGraceMs } = options;
    const started = start(options, { [markName]: mark });
    if ('failure' in started) return createFailedProcess(started.failure, listener);
    const { child, pid } = started;
    const tree = createProcessTree({ pid, mark: `${markName}=${mark}`, table });
    logger.debug({ pid }, 'process started');
    return new SpawnedProcess({ child, pid, tree, maxLineBytes, graceMs, listener, clock, logger });
  };
}

type Start = { child: ChildProcessWithoutNullStreams; pid: number } | { failure: Promise<string> };

/** NOTE: Node throws some spawn errors (a NUL byte, E2BIG) and emits others (ENOENT, EACCES). */
function start(options: ProcessOptions, mark: Record<string, string>): Start {
  const { file, args, cwd } = options;
  if (!isAbsolute(file)) return { failure: Promise.resolve(`${file} must be an absolute path`) };
  try {
    const env = { ...options.env, ...mark };
    const child = spawn(file, args, { cwd, env, shell: false, detached: true, stdio: 'pipe' });
    if (child.pid !== undefined) return { child, pid: child.pid };
    const error = new Promise<Error>((resolve) => child.once('error', resolve));
    return { failure: error.then((reason) => toStartFailure(reason, options)) };
  } catch (error) {
    return { failure: Promise.resolve(toStartFailure(error, options)) };
  }
}
