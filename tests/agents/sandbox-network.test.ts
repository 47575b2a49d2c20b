import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { execPath } from 'node:process';
import { AepClient } from '@hotplex/client-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCodeScenarios } from '../support/model/opencode-scenarios.ts';
import { piScenarios } from '../support/model/pi-scenarios.ts';
import { type Model, startModel } from '../support/model/start-model.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';
import { realClaude } from './open-claude.ts';
import { installedPlugin, realOpenCode, toOpenCodeConfig } from './open-opencode.ts';
import { realPi, toProvider } from './open-pi.ts';

let models: Model[];
let gateway: RunningGateway;
/** A service of the machine that is not listed. */
const other = createServer((_, response) => response.end('reached'));

beforeAll(async () => {
  models = await Promise.all([startModel(), startModel(openCodeScenarios), startModel(piScenarios)]);
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const [claude = '', openCode = '', pi = ''] = models.map(({ url }) => url);
  gateway = await startGateway({
    env: {
      HOTPLEX_WORKER_ISOLATION: 'sandbox',
      HOTPLEX_WORKER_SANDBOX_NETWORK: 'allow-list',
      HOTPLEX_WORKER_SANDBOX_ALLOWED_HOSTS: models.map(({ url }) => new URL(url).host).join(),
      // For what the tools run.
      PATH: [dirname(execPath), process.env.PATH].join(':'),
      HOTPLEX_WORKER_CLAUDE_CODE_COMMAND: realClaude,
      HOTPLEX_WORKER_OPENCODE_COMMAND: realOpenCode,
      HOTPLEX_WORKER_PI_COMMAND: realPi,
      ...{ ANTHROPIC_BASE_URL: claude, ANTHROPIC_API_KEY: 'sk-ant-of-a-test' },
      OPENCODE_CONFIG_CONTENT: JSON.stringify(toOpenCodeConfig(openCode)),
      OPENCODE_DISABLE_MODELS_FETCH: '1',
    },
  });
  const home = join(gateway.dataDir, '..');
  await mkdir(join(home, '.pi', 'agent'), { recursive: true });
  const providers = { test: toProvider(pi) };
  await writeFile(join(home, '.pi', 'agent', 'models.json'), JSON.stringify({ providers }));
  const config = join(home, '.config', 'opencode');
  await mkdir(join(config, 'node_modules'), { recursive: true });
  await writeFile(join(config, 'package-lock.json'), JSON.stringify(installedPlugin));
});
afterAll(async () => {
  await gateway?.[Symbol.asyncDispose]();
  other.close();
  await Promise.all((models ?? []).map((model) => model.close()));
});

test.each([
  { type: 'claude_code', config: { model: 'claude-sonnet-4-5' } },
  {
    type: 'opencode_cli',
    config: { model: 'test/one', permission_mode: 'acceptEdits', allowed_tools: ['bash'] },
  },
  { type: 'pi', config: { model: 'test/first' } },
])(
  '[B4] the real agent of $type reaches its model by the list of hosts, and its tools nothing else',
  async ({ type, config }) => {
    const workDir = join(gateway.dataDir, '..', `work-${type}`);
    await mkdir(workDir, { recursive: true });
    using client = new AepClient({
      ...{ url: gateway.url, workerType: type, auth: apiKey },
      config: { ...config, work_dir: workDir },
    });
    client.onEvent(({ event }) => {
      if (event.type === 'permission_request')
        void client.respondToPermission(event.data.id, { allowed: true });
    });
    await client.connect();
    const { port } = other.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/`;
    const script = `
    const { connect } = require('node:net');
    fetch('${url}').then(async (r) => console.log(r.status, (await r.text()).slice(0, 7)));
    connect(${port}, '127.0.0.1').on('connect', () => console.log('reached')).on('error', ({ code }) => console.log(code));
  `;
    await writeFile(join(workDir, 'probe.cjs'), script);
    const turn = client.prompt('look around @@bash(node probe.cjs > said.txt 2>&1)');
    expect(await turn.done).toMatchObject({ success: true, error: null });
    const said = readFileSync(join(workDir, 'said.txt'), 'utf8').trim().split('\n');
    expect(said.toSorted()).toEqual(['403 HotPlex', 'ECONNREFUSED']);
  },
);
