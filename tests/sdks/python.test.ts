import { cpSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadScenarios, runRunner, type Verdict } from '@hotplex/conformance';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPythonEnvironment, type PythonEnvironment } from '../support/python-environment.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';
import { pythonMutations } from './mutations.ts';

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const runner = at('conformance/runners/python/runner.py');
const scenarios = loadScenarios().filter(({ plays }) => plays.includes('client'));
const filesOf = (pattern: string) =>
  globSync(pattern, { cwd: at('sdks/python') })
    .sort()
    .map((path) => ({ name: basename(path), path }));

let python: PythonEnvironment;
let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startGateway();
  python = await openPythonEnvironment();
}, 180_000);
afterAll(async () => {
  python?.[Symbol.dispose]();
  await gateway?.[Symbol.asyncDispose]();
});
const access = () => ({ HOTPLEX_URL: gateway.url, HOTPLEX_KEY: apiKey });

test('the wheel is all that a program needs, and says its types', async () => {
  const [file = '', version] = (
    await python.run([
      '-c',
      'import hotplex, importlib.metadata as m; print(hotplex.__file__, m.version("hotplex"))',
    ])
  ).split(/\s+/);
  expect(file).toContain('site-packages');
  expect(version).toBe('0.1.0');
  expect(readFileSync(join(file, '../py.typed'), 'utf8')).toBe('');
  await python.run(['-m', 'pip', 'check']);
});

describe('the conformance kit', () => {
  let verdicts: Verdict[];
  beforeAll(async () => {
    verdicts = await runRunner(scenarios, { command: python.python, args: [runner], env: python.env });
  });

  test.each(scenarios)('$numbers the Python SDK in $name', ({ name }) => {
    expect(verdicts.find((verdict) => verdict.name === name)?.problems).toEqual([]);
  });

  test.concurrent.for(pythonMutations)(
    '[$rule] it notices: $noticed without "$from"',
    async (mutation, { expect }) => {
      const { file, from, to, noticed, rule } = mutation;
      const source = join(python.folder, `mutated-${rule}-${noticed}`);
      cpSync(join(python.folder, 'src'), source, { recursive: true });
      const path = join(source, 'hotplex', file);
      const text = readFileSync(path, 'utf8');
      expect(text.split(from)).toHaveLength(2);
      writeFileSync(
        path,
        text.replace(from, () => to),
      );
      const env = { ...python.env, PYTHONPATH: source, CONFORMANCE_PATIENCE_MS: '1500' };
      const noticing = scenarios.filter(({ name }) => name === noticed);
      const [verdict] = await runRunner(noticing, { command: python.python, args: [runner], env });
      expect(verdict?.result, verdict?.problems.join('\n')).toBeDefined();
      expect(verdict?.problems).not.toEqual([]);
    },
  );
});

test.each(filesOf('examples/*.py'))('the example $name runs against the gateway', async ({ name, path }) => {
  if (name !== 'production.py') return expect(await python.run([path], access())).not.toBe('');
  const state = join(python.folder, 'state.json');
  await python.run([path, state], access());
  await python.run([path, state], access());
  expect(JSON.parse(readFileSync(state, 'utf8'))).toMatchObject({ session: expect.any(String) });
});

describe('its own tests', () => {
  beforeAll(() => python.install('mypy>=1.13', 'pytest>=9'), 180_000);

  test.each(filesOf('tests/test_*.py'))('$name', async ({ path }) => {
    expect(await python.run(['-m', 'pytest', '-q', path], access())).toMatch(/^\d+ passed in/m);
  });

  test('its types hold, of the SDK, its tests, its examples and the runner', async () => {
    await python.run(['-m', 'mypy', 'src', 'tests', 'examples']);
    await python.run(['-m', 'mypy', '--strict', runner], { MYPYPATH: at('conformance/runners/python') });
  });
});
