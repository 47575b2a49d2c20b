import {
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { AepClient } from '@hotplex/client-sdk';
import { publint } from 'publint';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../chaos/until.ts';
import { runTool } from '../support/packed-packages.ts';
import { apiKey, startGateway } from '../support/start-gateway.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'hotplex-package-'));
const app = join(folder, 'app');
const installed = join(app, 'node_modules/@hotplex/gateway');
let tarball = '';

beforeAll(async () => {
  const pack = ['--filter', '@hotplex/gateway', 'pack', '--pack-destination', folder];
  await runTool('npm', ['run', '--silent', 'pnpm', '--', ...pack], { cwd: checkout });
  tarball = join(folder, globSync('*.tgz', { cwd: folder })[0] ?? 'no package');
  mkdirSync(app);
  await runTool('npm', ['init', '-y'], { cwd: app });
  const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];
  await runTool('npm', ['install', ...quiet, '--ignore-scripts', tarball], { cwd: app });
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true }));

test('the package of the gateway has the web chat and the documentation in it', async () => {
  await using gateway = await startGateway({ program: join(installed, 'dist/main.mjs') });
  for (const [path, words] of Object.entries({
    '/': 'HotPlex',
    '/docs/getting-started': 'Getting started',
  })) {
    const answer = await fetch(gateway.url + path);
    expect(`${path}: ${answer.status}`).toBe(`${path}: 200`);
    expect(await answer.text()).toContain(words);
  }
});

test('what is written goes into its database by the thread that came with it', async () => {
  const log: string[] = [];
  await using gateway = await startGateway({
    program: join(installed, 'dist/main.mjs'),
    onLog: (text) => log.push(text),
  });
  using client = new AepClient({ url: gateway.url, workerType: 'demo', auth: apiKey });
  await client.connect();
  const database = join(gateway.dataDir, 'hotplex.db');
  const before = statSync(database).size;
  const long = 'x'.repeat(900_000);
  // Longer than what is put there at a time, 16 MiB.
  for (let said = 0; said < 20; said += 1) await client.prompt(long).done;
  const grew = () => (statSync(database).size > before + 1_000_000 ? true : undefined);
  expect(await until(grew, { withinMs: 30_000 })).toBe(true);
  expect(log).toEqual([]);
});

test('installed with npm in an empty folder its command runs, and nothing came along that only builds it', async () => {
  expect(await runTool('npx', ['--no-install', '@hotplex/gateway', '--help'], { cwd: app })).toMatch(
    /^hotplex –/,
  );
  const { devDependencies = {} } = JSON.parse(
    readFileSync(join(checkout, 'apps/gateway/package.json'), 'utf8'),
  );
  const came = Object.keys(devDependencies).filter((name) => existsSync(join(app, 'node_modules', name)));
  expect(came).toEqual([]);
});

test('a program that embeds it runs agents, with types', async () => {
  const bytes = readFileSync(tarball);
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  expect((await publint({ pack: { tarball: buffer }, strict: true })).messages).toEqual([]);
  const { types, problems = [] } = {
    problems: [],
    ...(await checkPackage(createPackageFromTarballData(bytes))),
  };
  expect(types).toMatchObject({ kind: 'included' });
  // It is a module only: what CommonJS and the resolution of Node 10 make of it does not count.
  const counts = ['node16-esm', 'bundler'];
  expect(
    problems.filter((each) => !('resolutionKind' in each) || counts.includes(each.resolutionKind)),
  ).toEqual([]);
  copyFileSync(join(checkout, 'apps/gateway/examples/quickstart.ts'), join(app, 'quickstart.mts'));
  expect(await runTool(process.execPath, ['quickstart.mts'], { cwd: app, env: { HOME: app } })).toBe(
    '0 1 2 ',
  );
});
