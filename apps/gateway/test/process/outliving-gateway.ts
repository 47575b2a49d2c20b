// A gateway with one agent, run by adopt-process.test.ts as a program of its own, to be killed at any moment. Arguments: the
// folder it keeps things in and the agent's own. It starts the agent, or goes on with the one that an earlier run left.
// Lines are kept in a file, and with each batch how far they go, as a store would.
import { existsSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../src/ground/clock.ts';
import { createSpawnProcess } from '../../src/process/spawn-process.ts';

const [folder = '', ...args] = process.argv.slice(2);
const [log, state] = [join(folder, 'log'), join(folder, 'state.json')];
const saved = existsSync(state) ? JSON.parse(readFileSync(state, 'utf8')) : undefined;
const kept: Buffer[] = saved ? [readFileSync(log).subarray(0, saved.logged)] : [];
writeFileSync(log, Buffer.concat(kept));
let logged = Buffer.concat(kept).length;
const fd = openSync(log, 'a');

const spawn = createSpawnProcess({
  clock: systemClock,
  registry: { folder: join(folder, 'processes'), spool: true },
});
const agent = spawn(
  {
    file: execPath,
    args: [fileURLToPath(new URL('../fake-cli/counts.mjs', import.meta.url)), ...args],
    cwd: tmpdir(),
    env: {},
    lasting: true,
    ...(saved && { adopt: { handle: saved.handle, offset: saved.offset } }),
  },
  {
    onLines(lines) {
      logged += writeSync(fd, lines.map((line) => `${line}\n`).join(''));
      save();
      if (lines.includes('done')) process.stdout.write('done\n');
    },
    onExit(exit) {
      process.stdout.write(`${JSON.stringify(exit)}\n`);
    },
  },
);
save();
process.stdout.write('up\n');
process.stdin.on('data', (data) => {
  if (String(data) === 'stop\n') void agent.stop().then(() => process.exit(0));
  else agent.writeLine(String(data).trimEnd());
});

function save() {
  writeFileSync(`${state}.new`, JSON.stringify({ handle: agent.handle, offset: agent.offset, logged }));
  renameSync(`${state}.new`, state);
}
