import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadScenarios, runRunner, type Verdict } from '@hotplex/conformance';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type JavaEnvironment, openJavaEnvironment } from '../support/java-environment.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';
import { javaMutations } from './mutations.ts';

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const scenarios = loadScenarios().filter(({ plays }) => plays.includes('client'));
const examples = globSync('*.java', { cwd: at('sdks/java/examples/src/main/java/examples') })
  .map((file) => basename(file, '.java'))
  .sort();

let java: JavaEnvironment;
let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startGateway();
  java = await openJavaEnvironment();
}, 300_000);
afterAll(async () => {
  java?.[Symbol.dispose]();
  await gateway?.[Symbol.asyncDispose]();
});
const access = () => ({ HOTPLEX_URL: gateway.url, HOTPLEX_KEY: apiKey });

test('the jar is all that a project names, and its sources are beside it', () => {
  const jars = java.classPath.split(delimiter).map((path) => basename(path).replace(/-[\d.]+\.jar$/, ''));
  expect(jars.sort()).toEqual([
    'classes',
    ...['hotplex-client', 'jackson-annotations', 'jackson-core', 'jackson-databind', 'jspecify'],
  ]);
  const installed = globSync('dev/hotplex/**/*.{jar,pom}', { cwd: join(java.folder, '../repository') });
  expect(installed.map((path) => basename(path)).sort()).toEqual([
    ...['hotplex-client-0.1.0-sources.jar', 'hotplex-client-0.1.0.jar', 'hotplex-client-0.1.0.pom'],
  ]);
});

describe('the conformance kit', () => {
  let runner: string;
  let verdicts: Verdict[];
  beforeAll(async () => {
    runner = join(java.folder, '../runner');
    await java.compile(
      ['Runner', 'Actor'].map((name) => at(`conformance/runners/java/${name}.java`)),
      runner,
    );
    verdicts = await runRunner(scenarios, { command: 'java', args: java.program('Runner', runner) });
  });

  test.each(scenarios)('$numbers the Java SDK in $name', ({ name }) => {
    expect(verdicts.find((verdict) => verdict.name === name)?.problems).toEqual([]);
  });

  test.concurrent.for(javaMutations)(
    '[$rule] it notices: $noticed without "$from"',
    // Each is a compiler and a runner.
    { timeout: 120_000 },
    async (mutation, { expect }) => {
      const { file, from, to, noticed, rule } = mutation;
      const text = readFileSync(join(java.folder, 'src/main/java/dev/hotplex/client', file), 'utf8');
      expect(text.split(from)).toHaveLength(2);
      const folder = join(java.folder, `../mutated-${rule}-${noticed}`);
      mkdirSync(folder);
      const path = join(folder, basename(file));
      writeFileSync(
        path,
        text.replace(from, () => to),
      );
      await java.compile([path], folder);
      const args = java.program('Runner', folder + delimiter + runner);
      const env = { ...process.env, CONFORMANCE_PATIENCE_MS: '1500' };
      const noticing = scenarios.filter(({ name }) => name === noticed);
      const [verdict] = await runRunner(noticing, { command: 'java', args, env });
      expect(verdict?.result, verdict?.problems.join('\n')).toBeDefined();
      expect(verdict?.problems).not.toEqual([]);
    },
  );
});

test.each(examples)('the example %s runs against the gateway', async (name) => {
  expect(await java.java(`examples.${name}`, access())).not.toBe('');
});

test('its own tests, against the gateway', async () => {
  expect(await java.maven(['surefire:test'], access())).toMatch(
    /^\[.*\] Tests run: \d+, Failures: 0, Errors: 0, Skipped: 0$/m,
  );
}, 180_000);
