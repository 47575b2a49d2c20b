import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { apiKey, startGateway } from '../support/start-gateway.ts';

const example = fileURLToPath(new URL('../../packages/ai-sdk-transport/examples/ask.ts', import.meta.url));

test('the example of the package asks an agent and prints its answer', async () => {
  await using gateway = await startGateway();
  const env = {
    PATH: process.env.PATH,
    HOTPLEX_URL: gateway.url,
    HOTPLEX_KEY: apiKey,
    HOTPLEX_AGENT: 'demo',
  };
  const { stdout } = await promisify(execFile)(process.execPath, [example, 'think'], { env });
  expect(stdout).toMatch(/That was my reasoning; you can fold it away\.\n\d+ ms\n$/);
});
