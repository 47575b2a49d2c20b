import type { Clock } from '../ground/clock.ts';
import { type Logger, silentLogger } from '../ground/logger.ts';
import type { LastingProcesses } from './child-process.ts';
import { endLeftProcesses, endProcess } from './end-process.ts';
import { ProcessFolder } from './process-folder.ts';
import { createProcessTable, type ProcessTable } from './process-table.ts';

type LastingProcessesOptions = { folder: string; clock: Clock; logger?: Logger; table?: ProcessTable };

/** Finds the processes of earlier gateways by what was written down of them, so that a recycled pid is never touched. */
export function createLastingProcesses({
  folder,
  clock,
  logger = silentLogger,
  table = createProcessTable(),
}: LastingProcessesOptions): LastingProcesses {
  const options = { clock, logger, table };
  return {
    reap: (handle) => endProcess(new ProcessFolder(handle.folder), options),
    sweep: (keep) => endLeftProcesses({ folder, keep, lasting: true, ...options }),
  };
}
