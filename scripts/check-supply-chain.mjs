// What is installed is what was reviewed: from the registry, with a digest, in an exact version, with no program of its
// own run on installation, and in no version with a hole that is known and concerns us.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const read = (file) => readFileSync(join(root, file), 'utf8');
const problems = [];

/** Oldest versions that may be installed. Who finds a newer hole raises the floor here and the version in the catalog. */
const floors = {
  ws: '8.23.0', // memory and fragments without end (GHSA-58qx-3vcg-4xpx and later)
  jose: '6.2.0', // the line that the tests with forged tokens were written against
  next: '16.2.6', // middleware that is gone around, sockets sent anywhere (CVE-2026-44578)
  undici: '7.24.4', // one answer ends the process (CVE-2026-2229)
};

/** Who may run a program while it is installed: nobody in what we ship; these in the tests of real agents. */
const builders = {
  'pnpm-workspace.yaml': [],
  'docs/pnpm-workspace.yaml': [],
  'tests/real-agents/pnpm-workspace.yaml': ['@anthropic-ai/claude-code', 'opencode-ai'],
  'packages/ai-sdk-transport/examples/pnpm-workspace.yaml': [],
  'scripts/api-reference/pnpm-workspace.yaml': [],
};

/** Whether a version is below another; a pre-release is below its release. */
function isBelow(version, floor) {
  const [release, pre] = version.split('-');
  const numbers = release.split('.').map(Number);
  const wanted = floor.split('.').map(Number);
  const at = wanted.findIndex((number, index) => number !== numbers[index]);
  return at === -1 ? pre !== undefined : numbers[at] < wanted[at];
}

for (const [file, allowed] of Object.entries(builders)) {
  const { allowBuilds = {}, dangerouslyAllowAllBuilds = false } = parse(read(file));
  const names = Object.keys(allowBuilds).filter((name) => allowBuilds[name] !== false);
  for (const name of names.filter((each) => !allowed.includes(each)))
    problems.push(`${file} lets ${name} run a program on installation: review it and name it here`);
  if (dangerouslyAllowAllBuilds) problems.push(`${file} lets everything run programs on installation`);
}

for (const file of Object.keys(builders).map((path) => path.replace('workspace', 'lock'))) {
  for (const [id, { resolution = {} }] of Object.entries(parse(read(file)).packages ?? {})) {
    const at = id.lastIndexOf('@');
    const [name, version] = [id.slice(0, at), id.slice(at + 1)];
    if (!/^sha512-/.test(resolution.integrity ?? '')) problems.push(`${file}: ${id} has no SHA-512 digest`);
    if (resolution.tarball ?? resolution.repo ?? resolution.directory)
      problems.push(`${file}: ${id} does not come from the registry`);
    const floor = file === 'pnpm-lock.yaml' && Object.hasOwn(floors, name) ? floors[name] : undefined;
    if (floor !== undefined && isBelow(version, floor)) problems.push(`${file}: ${id} is below ${floor}`);
  }
}

for (const [name, version] of Object.entries(parse(read('pnpm-workspace.yaml')).catalog))
  if (!/^\d+\.\d+\.\d+$/.test(version) && !name.startsWith('@types/'))
    problems.push(`pnpm-workspace.yaml: ${name} has no exact version`);

for (const file of globSync(
  ['package.json', '{apps,packages}/*/package.json', '{conformance,docs}/package.json'],
  {
    cwd: root,
  },
)) {
  const { scripts = {} } = JSON.parse(read(file));
  for (const name of ['preinstall', 'install', 'postinstall', 'prepare'])
    if (scripts[name] !== undefined) problems.push(`${file} runs a program on installation: ${name}`);
}

if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
console.log('supply chain: digests, floors and installation programs are in order');
