// Runs every check and every test this machine can run, and says which it leaves out and how to get them.
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
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

function chromiumMajor() {
  const { stdout } = spawnSync(chromiumPath, ['--version'], { encoding: 'utf8' });
  return Number(/ (\d+)\./.exec(stdout ?? '')?.[1]);
}

const readJson = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));

const chromiumPath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const realAgents = {
  present: existsSync(join(root, 'tests/real-agents/node_modules')),
  remedy: 'pnpm install --dir tests/real-agents --frozen-lockfile',
};
const chromium = {
  present: existsSync(chromiumPath),
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
const hotPath = readJson('tests/bench/hot-path/baseline.json');
const instructions = readJson('tests/bench/instructions-baseline.json');
const pictures = readJson('tests/browser/pictures/chromium.json');
const hasPostgres =
  succeeds('postgres', ['--version']) || globSync('/usr/lib/postgresql/*/bin/postgres').length > 0;
const hasNats = succeeds(process.env.NATS_SERVER ?? 'nats-server', ['--version']);
/** What PyPI has of Helm is for these. */
const hasHelmByPip = process.platform === 'linux' && process.arch === 'x64';
/** What needs something else: what says that this machine has it, and which tests need it. */
const pieces = [
  { name: 'the Python SDK', tests: 'tests/sdks/python*.test.ts', ...python },
  { name: 'the fuzzing of the HTTP API', tests: 'tests/gateway/openapi-fuzz.test.ts', ...python },
  { name: 'the tools for what deploys it', tests: 'tests/gateway/deploy-tools.test.ts', ...python },
  {
    name: 'the Helm chart',
    tests: 'tests/gateway/helm.test.ts',
    present: python.present && (succeeds(process.env.HELM ?? 'helm', ['version']) || hasHelmByPip),
    remedy: `install Helm, 3 or 4, or set HELM to it; ${python.remedy}`,
  },
  {
    name: 'a short run of the bench',
    tests: 'tests/gateway/bench.test.ts',
    present: process.platform === 'linux' && succeeds('cc', ['--version']),
    remedy: 'on Linux, install gcc or clang so that there is a `cc`',
  },
  {
    name: 'what a piece of text costs',
    tests: 'tests/gateway/hot-path.test.ts',
    present: existsSync('/proc/self/io'),
    remedy: 'run it on Linux, which counts what a process writes',
  },
  {
    name: 'what a piece of text allocates',
    // The test does the rest without it.
    tests: undefined,
    present: process.versions.node.startsWith(`${hotPath.node}.`),
    remedy: `run it with Node ${hotPath.node}, whose figures are in tests/bench/hot-path/baseline.json`,
  },
  {
    name: 'the instructions that a piece of text takes',
    tests: 'tests/gateway/instructions.test.ts',
    present:
      process.platform === 'linux' &&
      process.versions.node.startsWith(`${instructions.node}.`) &&
      succeeds('cc', ['--version']) &&
      succeeds('callgrind_control', ['--version']),
    remedy: `on Linux, run it with Node ${instructions.node}, and install valgrind and gcc or clang`,
  },
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
  {
    name: 'the store on PostgreSQL',
    tests: '{apps/gateway/test,tests/gateway}/**/postgres-*.test.ts',
    present: hasPostgres,
    remedy: 'install PostgreSQL, 15 or newer: its programs, no server has to run',
  },
  {
    name: 'gateways that meet at NATS',
    tests: 'apps/gateway/test/cluster/nats-*.test.ts',
    present: hasNats,
    remedy: 'install Debian’s nats-server, or set NATS_SERVER to one',
  },
  {
    name: 'gateways that work as one',
    tests: 'tests/gateway/cluster*.test.ts',
    present: hasPostgres && hasNats,
    remedy: 'install PostgreSQL and nats-server',
  },
  {
    name: 'from one gateway to three, as the documentation has it',
    tests: 'tests/gateway/cluster-newcomer.test.ts',
    present: hasPostgres && hasNats && (succeeds('haproxy', ['-v']) || existsSync('/usr/sbin/haproxy')),
    remedy: 'install PostgreSQL, nats-server and HAProxy',
  },
  {
    name: 'the pictures of the web chat',
    tests: 'tests/browser/pictures/pictures.test.ts',
    present:
      chromiumMajor() === pictures.major &&
      ['truetype/dejavu/DejaVuSans.ttf', 'opentype/noto/NotoSansCJK-Regular.ttc'].every((font) =>
        existsSync(join('/usr/share/fonts', font)),
      ),
    remedy: `install Debian’s fonts-dejavu and fonts-noto-cjk, and Chromium ${pictures.major}, which drew them`,
  },
];
const absent = pieces.filter(({ present }) => !present);

const projects = [
  'unit',
  'gateway',
  'sdks',
  'newcomers',
  ...optional.filter(({ present }) => present).map(({ project }) => project),
];
// The same programs are started hundreds of times: Node keeps what it compiled of them.
process.env.NODE_COMPILE_CACHE ??= join(root, 'node_modules/.cache/compiled');
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
run(process.execPath, [
  'scripts/run-tests.mjs',
  ...projects.flatMap((project) => ['--project', project]),
  ...absent.flatMap(({ tests }) => (tests ? ['--exclude', tests] : [])),
  ...process.argv.slice(2),
]);
// Once more, where it is read: what passed is not everything.
for (const line of leftOut) console.log(line);
