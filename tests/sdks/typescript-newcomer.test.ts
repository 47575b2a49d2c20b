import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { endsWithUs } from '../../apps/gateway/test/support/ends-with-us.ts';
import { createNewcomer, shellBlocks } from '../support/newcomer.ts';
import { apiKey, startGateway } from '../support/start-gateway.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
const languages = { TypeScript: 'typescript', Python: 'python', Go: 'go', Java: 'java' };

/** What a gateway prints once it can be used. */
async function printedUrl(output: AsyncIterable<unknown>): Promise<string> {
  let printed = '';
  for await (const chunk of output) {
    printed += String(chunk);
    const url = /HotPlex is running at (\S+)/.exec(printed)?.[1];
    if (url) return url;
  }
  throw new Error(`the gateway ended:\n${printed}`);
}

test('docs/getting-started.md, word for word', async () => {
  const [start = '', ...others] = shellBlocks('getting-started.md', 'Start a gateway');
  const [access = ''] = shellBlocks('getting-started.md', 'Talk to it from a program');
  using somebody = createNewcomer({ url: '' });
  // Other ports: this machine may have a gateway.
  const env = {
    ...{ ...somebody.env, HOTPLEX_GATEWAY_ADDR: '127.0.0.1:0', HOTPLEX_ADMIN_ENABLED: 'false' },
    HOTPLEX_WORKER_ISOLATION: 'process',
  };
  const gateway = spawn('bash', ['-c', start], {
    cwd: checkout,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  endsWithUs(gateway);
  const ended = once(gateway, 'exit');
  try {
    const url = await printedUrl(gateway.stdout.iterator({ destroyOnReturn: false }));
    gateway.stdout.resume();
    expect(await somebody.type(others.join('\n'), { cwd: checkout })).toContain('npm install -g');
    const told = await somebody.type(`${access}\necho "$HOTPLEX $HOTPLEX_URL $HOTPLEX_KEY"`, {
      cwd: checkout,
    });
    const [folder, , key = ''] = told.trim().split(' ');
    expect(`${folder}/`).toBe(checkout);
    const answer = await fetch(`${url}/api/agents`, { headers: { authorization: `Bearer ${key}` } });
    expect(answer.status).toBe(200);
  } finally {
    // npm and the gateway, which its shell started.
    if (gateway.pid !== undefined) process.kill(-gateway.pid, 'SIGTERM');
    await ended;
  }
}, 180_000);

test('docs/sdks/typescript.md and the program of the README, word for word', async () => {
  await using gateway = await startGateway();
  using somebody = createNewcomer(gateway);
  const access = { HOTPLEX_URL: gateway.url, HOTPLEX_KEY: apiKey };
  const [lines = ''] = shellBlocks('sdks/typescript.md', 'Five minutes');
  expect(await somebody.type(lines, { env: access })).toContain('0 1 2');

  const [, program = ''] =
    /^```ts\n([\s\S]*?)^```$/m.exec(readFileSync(join(checkout, 'README.md'), 'utf8')) ?? [];
  const cwd = join(somebody.folder, 'hello-typescript');
  writeFileSync(join(cwd, 'readme.mts'), program.replace('http://127.0.0.1:8888', gateway.url));
  expect(await somebody.type('node readme.mts', { cwd, env: access })).toContain('| tea | minutes | milk |');
});

test('the Chinese pages have the same lines', () => {
  expect(shellBlocks('zh/getting-started.md', '启动网关')).toEqual(
    shellBlocks('getting-started.md', 'Start a gateway'),
  );
  expect(shellBlocks('zh/getting-started.md', '从程序里调用')).toEqual(
    shellBlocks('getting-started.md', 'Talk to it from a program'),
  );
  for (const [name, page] of Object.entries(languages)) {
    const lines = shellBlocks(`sdks/${page}.md`, 'Five minutes');
    expect(lines).toHaveLength(1);
    expect(shellBlocks('zh/sdks.md', name)).toEqual(lines);
  }
});
