import { fileURLToPath } from 'node:url';
import { loadScenarios, runRunner } from '@hotplex/conformance';
import { test } from 'vitest';
import { typescriptMutations } from './mutations.ts';

const at = (path: string) => fileURLToPath(new URL(`../../conformance/${path}`, import.meta.url));
const scenarios = loadScenarios();

test.concurrent.for(typescriptMutations)(
  '[$rule] the kit notices: $noticed without "$from"',
  async (mutation, { expect }) => {
    const args = ['--import', at('src/mutate.ts'), at('runners/typescript/runner.ts')];
    const env = { ...process.env, MUTATION: JSON.stringify(mutation), CONFORMANCE_PATIENCE_MS: '1500' };
    const noticed = scenarios.filter(({ name }) => name === mutation.noticed);
    const [verdict] = await runRunner(noticed, { command: process.execPath, args, env });
    expect(verdict?.result, verdict?.problems.join('\n')).toBeDefined();
    expect(verdict?.problems).not.toEqual([]);
  },
);
