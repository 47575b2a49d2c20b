import type { Clock } from '../ground/clock.ts';
import { type Logger, silentLogger } from '../ground/logger.ts';
import type { LastingProcesses } from './child-process.ts';
import { endProcess, endProcesses } from './end-process.ts';
import type { Keeper } from './keeper/keeper.ts';
import { measureTrees } from './measure-trees.ts';
import { ProcessFolder } from './process-folder.ts';
import { isRunning, type ProcessRecord } from './process-record.ts';
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
  return {
    reap: (handle) => endProcess(new ProcessFolder(handle.folder), options),
    sweep: (keep) =>
      endProcesses(folder, {
        which: (record, mark) => !keep.has(mark) && !(record && isRunning(record.gateway, table)),
        ...options,
      }),
    measure: (pids) => measureTrees(pids, table),
    async close() {
      const isOurs = (record: ProcessRecord | undefined) => record?.gateway.pid === process.pid;
      await endProcesses(folder, { which: isOurs, ...options });
      keeper.close();
    },
  };
}
