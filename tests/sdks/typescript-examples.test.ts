import { execFile } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';

const folder = fileURLToPath(new URL('../../packages/client-sdk/examples', import.meta.url));
const examples = globSync('*.ts', { cwd: folder })
  .sort()
  .map((file) => ({ name: basename(file, '.ts'), file: join(folder, file) }));
const state = mkdtempSync(join(tmpdir(), 'hotplex-typescript-'));

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(async () => {
  rmSync(state, { recursive: true });
  await gateway?.[Symbol.asyncDispose]();
});

const run = (file: string, ...args: string[]) =>
  promisify(execFile)(process.execPath, [file, ...args], {
    env: { PATH: process.env.PATH, HOTPLEX_URL: gateway.url, HOTPLEX_KEY: apiKey },
    timeout: 40_000,
  });

test.each(examples)('the example $name runs against the gateway', async ({ name, file }) => {
  if (name !== 'production') return expect((await run(file)).stdout).not.toBe('');
  const place = join(state, 'place.json');
  expect((await run(file, place)).stderr).toContain('the job is done: ');
  expect((await run(file, place)).stderr).toContain('the job has run before');
  expect(JSON.parse(readFileSync(place, 'utf8'))).toMatchObject({ sessionId: expect.any(String) });
});
