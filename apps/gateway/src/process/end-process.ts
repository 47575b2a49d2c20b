import type { Clock } from '../ground/clock.ts';
import type { Logger } from '../ground/logger.ts';
import { listProcessFolders, type ProcessFolder } from './process-folder.ts';
import { isOfThisBoot, type ProcessRecord } from './process-record.ts';
import type { ProcessTable } from './process-table.ts';
import { findProcessTree } from './process-tree.ts';
import { removeProcess } from './remove-process.ts';
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
    const walled = record?.isolation === 'sandbox';
    const tree = findProcessTree({ mark, process: record?.process, walled }, table);
    const gone = !isPossible || (await stopTree({ tree, clock, graceMs }));
    if (gone) await removeProcess(folder);
    else logger.error({ mark }, 'a process of this tree cannot be killed; end it by hand');
  } catch (error) {
    logger.error({ mark, error: String(error) }, 'what is left of a process stays');
  }
}

/** Ends those of the processes written down here that are asked for; of some no record can be read. Never rejects. */
export async function endProcesses(
  folder: string,
  { which, ...options }: EndOptions & { which(record: ProcessRecord | undefined, mark: string): boolean },
): Promise<void> {
  const found = listProcessFolders(folder).filter((process) => which(process.read(), process.mark));
  await Promise.all(found.map((process) => endProcess(process, options)));
}
