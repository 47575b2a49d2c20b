import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';

const folder = fileURLToPath(new URL('../../apps/gateway/examples/front-doors', import.meta.url));

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startGateway({
    env: {
      ...{ HOTPLEX_DOORS_OPENCODE_ENABLED: 'true', HOTPLEX_DOORS_OPENCODE_WORKER_TYPE: 'demo' },
      ...{ HOTPLEX_DOORS_ENGINE_ENABLED: 'true', HOTPLEX_DOORS_ENGINE_WORKER_TYPE: 'demo' },
      HOTPLEX_DOORS_AI_SDK_ENABLED: 'true',
    },
  });
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
});

test.each(globSync('*.ts', { cwd: folder }))(
  'the example %s asks the agent and prints its answer',
  async (name) => {
    const env = {
      PATH: process.env.PATH,
      HOTPLEX_URL: gateway.url,
      HOTPLEX_KEY: apiKey,
      HOTPLEX_AGENT: 'demo',
    };
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [name, 'think'], {
      cwd: folder,
      env,
    });
    expect({ stdout, stderr }).toEqual({
      stdout: expect.stringContaining('That was my reasoning; you can fold it away.'),
      stderr: '',
    });
  },
);
