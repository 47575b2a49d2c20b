import type { Clock } from '../ground/clock.ts';
import type { Logger } from '../ground/logger.ts';
import { listProcessFolders, type ProcessFolder } from './process-folder.ts';
import { isOfThisBoot, isRunning } from './process-record.ts';
import type { ProcessTable } from './process-table.ts';
import { findProcessTree } from './process-tree.ts';
import { stopTree } from './stop-tree.ts';

type EndOptions = { table: ProcessTable; clock: Clock; logger: Logger };

const graceMs = 2_000;

/** Ends what is written down in this folder, with its tree, and removes the folder. Never rejects. */
export async function endProcess(folder: ProcessFolder, { table, clock, logger }: EndOptions): Promise<void> {
  const record = folder.read();
  const { mark } = folder;
  try {
    // After a restart of the machine nothing of it can be left, and its pid may be anybody's.
    const isPossible = !record || isOfThisBoot(record.gateway);
    const tree = findProcessTree({ mark, process: record?.process }, table);
    const gone = !isPossible || (await stopTree({ tree, clock, graceMs }));
    if (gone) await folder.remove();
    else logger.error({ mark }, 'a process of this tree cannot be killed; end it by hand');
  } catch (error) {
    logger.error({ mark, error: String(error) }, 'what is left of a process stays');
  }
}

type LeftOptions = EndOptions & {
  folder: string;
  /** The marks of those that somebody is about to take over. */
  keep: ReadonlySet<string>;
  /** Whether also those are ended that a gateway could still go on with. */
  lasting: boolean;
};

/** Ends the processes of gateways that are gone. Never rejects. */
export async function endLeftProcesses({ folder, keep, lasting, ...options }: LeftOptions): Promise<void> {
  const left = listProcessFolders(folder).filter((process) => {
    const record = process.read();
    if (keep.has(process.mark)) return false;
    return !record || (!isRunning(record.gateway, options.table) && (lasting || !record.lasting));
  });
  await Promise.all(left.map((process) => endProcess(process, options)));
}
