// Ends the processes of gateways that are gone; run by the keeper as a program of its own. Arguments: the folder where
// processes are written down, and whether to end `all` of them or those that no gateway could go on with (`mortal`).
import { systemClock as clock } from '../../ground/clock.ts';
import { silentLogger as logger } from '../../ground/logger.ts';
import { endProcesses } from '../end-process.ts';
import { isRunning } from '../process-record.ts';
import { createProcessTable } from '../process-table.ts';
import { findRunning } from '../process-tree.ts';
import { readLease } from './lease.ts';

const [folder = '', which] = process.argv.slice(2);
const table = createProcessTable();
const gateway = readLease(folder);
// One that came a moment ago is about to take over what it finds, and ends the rest itself.
if (!gateway || !findRunning(gateway, table)) {
  await endProcesses(folder, {
    which: (record) => !record || (!isRunning(record.gateway, table) && (which === 'all' || !record.lasting)),
    ...{ table, clock, logger },
  });
}
