// Says what a process without a file descriptor to spare sees of itself. Argument: the folder of a process.
import { openSync } from 'node:fs';
import { devNull } from 'node:os';
import { ProcessFolder } from '../../src/process/process-folder.ts';
import { isOfThisBoot, nameGateway } from '../../src/process/process-record.ts';
import { createProcessTable } from '../../src/process/process-table.ts';

const table = createProcessTable();
const [folder = ''] = process.argv.slice(2);
const gateway = nameGateway(table);
if (!gateway) throw new Error('this machine has no /proc');
new ProcessFolder(folder).write({
  lasting: true,
  isolation: 'none',
  network: 'open',
  placeholders: [],
  gateway,
});
const file = openSync(devNull, 'r');
try {
  for (;;) openSync(devNull, 'r');
} catch {
  // None is left.
}
const self = table.find(process.pid);
const listed = await table.list();
console.log(
  JSON.stringify({
    found: self?.startTime === gateway.startTime,
    listed: listed.some(({ pid }) => pid === process.pid),
    marked: table.wasStartedWith(process, 'SHIP=enterprise'),
    holds: table.hasOpen(process.pid, devNull) && file > 0,
    thisBoot: isOfThisBoot(gateway),
    written: new ProcessFolder(folder).read()?.gateway.pid === process.pid,
    again: table.find(process.pid) !== undefined,
  }),
);
