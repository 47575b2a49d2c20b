// A gateway with one agent, run by killable-gateway.ts as a program of its own, to be killed at any moment. Arguments: the
// folder it keeps things in, and as JSON what it runs. It starts the agent, or goes on with the one that an earlier run left.
// Lines are kept in a file, and with each batch how far they go, as a store would.
import {
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { systemClock as clock } from '../../src/ground/clock.ts';
import { silentLogger as logger } from '../../src/ground/logger.ts';
import { Keeper } from '../../src/process/keeper/keeper.ts';
import { createLastingProcesses } from '../../src/process/lasting-processes.ts';
import { createProcessTable } from '../../src/process/process-table.ts';
import { createSpawnProcess } from '../../src/process/spawn-process.ts';

const [folder = '', json = ''] = process.argv.slice(2);
const { program, args, lasting, graceMs, adopts } = JSON.parse(json);
const table = createProcessTable();
const processFolder = join(folder, 'processes');
const keeper = new Keeper({ folder: processFolder, graceMs, table, clock, logger });
keeper.hold();
const processes = createLastingProcesses({ folder: processFolder, keeper, clock, table });

const [log, state] = [join(folder, 'log'), join(folder, 'state.json')];
const saved = existsSync(state) ? JSON.parse(readFileSync(state, 'utf8')) : undefined;
const fd = openSync(log, 'a');
let logged = saved?.logged ?? 0;
truncateSync(log, logged);

const spawn = createSpawnProcess({ clock, table, registry: { folder: processFolder, keeper, spool: true } });
const adopt = adopts && saved ? { handle: saved.handle, offset: saved.offset } : undefined;
const agent = spawn(
  {
    file: execPath,
    args: [fileURLToPath(new URL(`../fake-cli/${program}.mjs`, import.meta.url)), ...args],
    cwd: tmpdir(),
    env: {},
    ...{ lasting, graceMs: 300, ...(adopt && { adopt }) },
  },
  {
    onLines(lines) {
      logged += writeSync(fd, lines.map((line) => `${line}\n`).join(''));
      save();
    },
    onExit: (exit) => process.stdout.write(`${JSON.stringify(exit)}\n`),
  },
);
save();
await processes.sweep(new Set(adopt && [adopt.handle.mark]));
process.stdout.write('up\n');
process.stdin.on('data', (data) => {
  if (String(data) === 'stop\n') void processes.close(new Set()).then(() => process.exit(0));
  else agent.writeLine(String(data).trimEnd());
});

function save() {
  const { handle, pid, offset } = agent;
  writeFileSync(`${state}.new`, JSON.stringify({ handle, pid, offset, logged }));
  renameSync(`${state}.new`, state);
}
