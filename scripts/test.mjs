// Runs every check and every test this machine can run, and says which it leaves out and how to get them.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

function run(command, args) {
  const { status } = spawnSync(command, args, {
    stdio: 'inherit',
    cwd: root,
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}

const realAgents = {
  present: existsSync(join(root, 'tests/real-agents/node_modules')),
  remedy: 'pnpm install --dir tests/real-agents --frozen-lockfile',
};
const chromium = {
  present: existsSync(process.env.CHROMIUM ?? '/usr/bin/chromium'),
  remedy: 'install Chromium and set CHROMIUM to its path',
};
const optional = [
  { project: 'agents', ...realAgents },
  { project: 'browser', ...chromium },
  {
    project: 'agents-browser',
    present: realAgents.present && chromium.present,
    remedy: `${realAgents.remedy}; ${chromium.remedy}`,
  },
].filter(({ project }) => existsSync(join(root, 'tests', project)));

const projects = [
  'unit',
  'gateway',
  ...optional.filter(({ present }) => present).map(({ project }) => project),
];
run('pnpm', ['run', 'lint']);
run('pnpm', ['run', 'typecheck']);
run('pnpm', ['run', 'check']);
for (const { project, remedy } of optional.filter(({ present }) => !present)) {
  console.log(`left out: the ${project} tests (${remedy})`);
}
run('pnpm', [
  'exec',
  'vitest',
  'run',
  ...projects.flatMap((project) => ['--project', project]),
  ...process.argv.slice(2),
]);
