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

function succeeds(command, args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

function hasGo(major, minor) {
  const { stdout } = spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' });
  const [, hasMajor = 0, hasMinor = 0] = /^go(\d+)\.(\d+)/.exec(stdout ?? '')?.map(Number) ?? [];
  return hasMajor > major || (hasMajor === major && hasMinor >= minor);
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

const python = {
  present: succeeds(process.env.PYTHON ?? 'python3', [
    '-c',
    'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 10))',
  ]),
  remedy: 'install Python 3.10 or newer with venv, or set PYTHON to it',
};
/** What needs another language: what says that this machine has it, and which tests need it. */
const languages = [
  { name: 'the Python SDK', tests: 'tests/sdks/python*.test.ts', ...python },
  { name: 'the fuzzing of the HTTP API', tests: 'tests/gateway/openapi-fuzz.test.ts', ...python },
  {
    name: 'the Go SDK',
    tests: 'tests/sdks/go*.test.ts',
    present: hasGo(1, 24),
    remedy: 'install Go 1.24 or newer; what a distribution has may be older',
  },
  {
    name: 'the Java SDK',
    tests: 'tests/sdks/java*.test.ts',
    present: succeeds('javac', ['--release', '17', '-version']) && succeeds('mvn', ['--version']),
    remedy: 'install a JDK, 17 or newer, and Maven',
  },
];
const absent = languages.filter(({ present }) => !present);

const projects = [
  'unit',
  'gateway',
  'sdks',
  ...optional.filter(({ present }) => present).map(({ project }) => project),
];
run('pnpm', ['run', 'lint']);
run('pnpm', ['run', 'typecheck']);
run('pnpm', ['run', 'check']);
run('pnpm', ['run', 'docs:build']);
const leftOut = [
  ...optional
    .filter(({ present }) => !present)
    .map(({ project, remedy }) => `left out: the ${project} tests (${remedy})`),
  ...absent.map(({ name, remedy }) => `left out: ${name} (${remedy})`),
];
for (const line of leftOut) console.log(line);
run('pnpm', [
  'exec',
  'vitest',
  'run',
  ...projects.flatMap((project) => ['--project', project]),
  ...absent.flatMap(({ tests }) => ['--exclude', tests]),
  ...process.argv.slice(2),
]);
// Once more, where it is read: what passed is not everything.
for (const line of leftOut) console.log(line);
