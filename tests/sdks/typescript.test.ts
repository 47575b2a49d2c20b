import { fileURLToPath } from 'node:url';
import { loadScenarios, runRunner, type Verdict } from '@hotplex/conformance';
import { beforeAll, expect, test } from 'vitest';

const runner = fileURLToPath(new URL('../../conformance/runners/typescript/runner.ts', import.meta.url));
const scenarios = loadScenarios().filter(({ plays }) => plays.includes('client'));

let verdicts: Verdict[];
beforeAll(async () => {
  verdicts = await runRunner(scenarios, { command: process.execPath, args: [runner] });
});

test.each(scenarios)('$numbers the TypeScript SDK in $name', ({ name }) => {
  expect(verdicts.find((verdict) => verdict.name === name)?.problems).toEqual([]);
});
