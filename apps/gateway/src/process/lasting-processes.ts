import type { Clock } from '../ground/clock.ts';
import type { LastingProcesses } from './child-process.ts';
import { createProcessTable, type ProcessTable } from './process-table.ts';
import { createProcessTree } from './process-tree.ts';
import { markName } from './spawn-process.ts';
import { stopTree } from './stop-tree.ts';

type LastingProcessesOptions = { clock: Clock; table?: ProcessTable };

const graceMs = 2_000;

/** Finds the processes of earlier gateways by pid and start time, so that a recycled pid is never touched. */
export function createLastingProcesses({
  clock,
  table = createProcessTable(),
}: LastingProcessesOptions): LastingProcesses {
  return {
    async reap({ pid, startTime, mark }) {
      if (table.find(pid)?.startTime !== startTime) return;
      const tree = createProcessTree({ pid, mark: `${markName}=${mark}`, table });
      await stopTree({ tree, clock, graceMs });
    },
    async sweep() {},
  };
}
