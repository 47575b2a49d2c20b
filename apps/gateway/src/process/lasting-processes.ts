import { dirname } from 'node:path';
import type { Clock } from '../ground/clock.ts';
import { type Logger, silentLogger } from '../ground/logger.ts';
import type { LastingProcesses, ProcessHandle } from './child-process.ts';
import { endProcess, endProcesses } from './end-process.ts';
import type { Keeper } from './keeper/keeper.ts';
import { measureTrees } from './measure-trees.ts';
import { ProcessFolder } from './process-folder.ts';
import { isRunning } from './process-record.ts';
import { createProcessTable, type ProcessTable } from './process-table.ts';

type LastingProcessesOptions = {
  folder: string;
  keeper: Keeper;
  clock: Clock;
  logger?: Logger;
  table?: ProcessTable;
};

/** Finds the processes of earlier gateways by what was written down of them, so that a recycled pid is never touched. */
export function createLastingProcesses({
  folder,
  keeper,
  clock,
  logger = silentLogger,
  table = createProcessTable(),
}: LastingProcessesOptions): LastingProcesses {
  const options = { clock, logger, table };
  const has = (handle: ProcessHandle) => dirname(handle.folder) === folder;
  return {
    has,
    async reap(handle) {
      if (has(handle)) await endProcess(new ProcessFolder(handle.folder), options);
    },
    sweep: (keep) =>
      endProcesses(folder, {
        which: (record, mark) => !keep.has(mark) && !(record && isRunning(record.gateway, table)),
        ...options,
      }),
    measure: (pids) => measureTrees(pids, table),
    async close(keep) {
      await endProcesses(folder, {
        // One without a record is being cleared away, and nobody waits for that.
        which: (record, mark) => (!record || record.gateway.pid === process.pid) && !keep.has(mark),
        ...options,
      });
      // What is kept is guarded until the next gateway comes, or comes too late.
      if (keep.size === 0) keeper.close();
    },
  };
}
