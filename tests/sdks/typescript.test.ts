import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { loadScenarios, runRunner, type Verdict } from '@hotplex/conformance';
import { beforeAll, expect, test } from 'vitest';
import { apiKey, startGateway } from '../support/start-gateway.ts';

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const runner = at('conformance/runners/typescript/runner.ts');
const examples = globSync('*.ts', { cwd: at('packages/client-sdk/examples') });
const scenarios = loadScenarios().filter(({ plays }) => plays.includes('client'));

let verdicts: Verdict[];
beforeAll(async () => {
  verdicts = await runRunner(scenarios, { command: process.execPath, args: [runner] });
});

test.each(scenarios)('$numbers the TypeScript SDK in $name', ({ name }) => {
  expect(verdicts.find((verdict) => verdict.name === name)?.problems).toEqual([]);
});

test.each(examples)('the example %s runs against the gateway', async (name) => {
  await using gateway = await startGateway();
  const program = join(at('packages/client-sdk/examples'), name);
  const env = { PATH: process.env.PATH, HOTPLEX_URL: gateway.url, HOTPLEX_KEY: apiKey };
  const { stdout } = await promisify(execFile)(process.execPath, [program], { env });
  expect(stdout).not.toBe('');
});
