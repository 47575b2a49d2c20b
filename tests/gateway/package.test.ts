import { execFile } from 'node:child_process';
import { globSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { startGateway } from '../support/start-gateway.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

test('the package of the gateway has the web chat and the documentation in it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hotplex-package-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const pack = ['--filter', '@hotplex/gateway', 'pack', '--pack-destination', folder];
  await run('npm', ['run', '--silent', 'pnpm', '--', ...pack], { cwd: checkout });
  await run('tar', ['-xzf', globSync('*.tgz', { cwd: folder })[0] ?? 'no package', '-C', folder], {
    cwd: folder,
  });
  // What it asks for is as it is here.
  symlinkSync(join(checkout, 'apps/gateway/node_modules'), join(folder, 'package/node_modules'));
  await using gateway = await startGateway({ program: join(folder, 'package/dist/main.mjs') });
  for (const [path, words] of Object.entries({
    '/': 'HotPlex',
    '/docs/getting-started': 'Getting started',
  })) {
    const answer = await fetch(gateway.url + path);
    expect(`${path}: ${answer.status}`).toBe(`${path}: 200`);
    expect(await answer.text()).toContain(words);
  }
});
