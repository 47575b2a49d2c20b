import { cpSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { loadScenarios, runRunner, type Verdict } from '@hotplex/conformance';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type GoToolchain, goModules, openGoToolchain } from '../support/go-toolchain.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';
import { openTokenService } from '../support/token-service.ts';
import { goMutations } from './mutations.ts';

const scenarios = loadScenarios().filter(({ plays }) => plays.includes('client'));
const examples = globSync('examples/*/main.go', { cwd: goModules.sdk }).map((file) =>
  basename(dirname(file)),
);

/** A compiler may find nothing that it made before. */
const patience = { timeout: 180_000 };

const service = openTokenService();
let go: GoToolchain;
let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startGateway({ env: service.env });
  go = await openGoToolchain();
});
afterAll(async () => {
  service[Symbol.dispose]();
  go?.[Symbol.dispose]();
  await gateway?.[Symbol.asyncDispose]();
});
const access = () => ({ HOTPLEX_URL: gateway.url, HOTPLEX_KEY: apiKey });

describe('the conformance kit', () => {
  let verdicts: Verdict[];
  beforeAll(async () => {
    const runner = join(go.folder, 'runner');
    await go.run('go', ['build', '-o', runner, '.'], { cwd: goModules.runner });
    verdicts = await runRunner(scenarios, { command: runner, args: [] });
  }, patience.timeout);

  test.each(scenarios)('$numbers the Go SDK in $name', ({ name }) => {
    expect(verdicts.find((verdict) => verdict.name === name)?.problems).toEqual([]);
  });

  test.concurrent.for(goMutations)(
    '[$rule] it notices: $noticed without "$from"',
    async (mutation, { expect }) => {
      const { file, from, to, noticed, rule } = mutation;
      const folder = join(go.folder, `mutated-${rule}-${noticed}`);
      mkdirSync(folder);
      const [original, mutated] = [join(goModules.sdk, file), join(folder, file)];
      const text = readFileSync(original, 'utf8');
      expect(text.split(from)).toHaveLength(2);
      writeFileSync(
        mutated,
        text.replace(from, () => to),
      );
      const [overlay, runner] = [join(folder, 'overlay.json'), join(folder, 'runner')];
      writeFileSync(overlay, JSON.stringify({ Replace: { [original]: mutated } }));
      await go.run('go', ['build', '-overlay', overlay, '-o', runner, '.'], { cwd: goModules.runner });
      const env = { ...process.env, CONFORMANCE_PATIENCE_MS: '1500' };
      const noticing = scenarios.filter(({ name }) => name === noticed);
      const [verdict] = await runRunner(noticing, { command: runner, args: [], env });
      expect(verdict?.result, verdict?.problems.join('\n')).toBeDefined();
      expect(verdict?.problems).not.toEqual([]);
    },
  );
});

test(
  'the README, word for word, in a module of its own',
  async () => {
    const readme = readFileSync(join(goModules.sdk, 'README.md'), 'utf8');
    const blocks = [...readme.matchAll(/```(bash|go)\n([\s\S]*?)```/g)];
    const commands = blocks.flatMap(([, language, text = '']) => (language === 'bash' ? [text] : []));
    const [make, start] = ['go mod init', 'go run'].map(
      (word) => commands.find((text) => text.includes(word)) ?? '',
    );
    const program = blocks.find(([, language]) => language === 'go')?.[2] ?? '';
    // What a checkout has beside it is not there; the address is that of this gateway.
    const checkout = join(go.folder, 'checkout');
    cpSync(goModules.sdk, join(checkout, 'sdks/go'), { recursive: true });
    const home = join(go.folder, 'home');
    mkdirSync(home);
    const settings = { cwd: home, env: { HOTPLEX: checkout, KEY: apiKey } };
    await go.run('bash', ['-euc', make ?? ''], settings);
    const cwd = join(home, 'hello');
    writeFileSync(join(cwd, 'main.go'), program.replace('http://127.0.0.1:8888', gateway.url));
    const said = await go.run('bash', ['-euc', start ?? ''], { ...settings, cwd });
    expect(said).toContain('| tea | minutes | milk |');
  },
  patience.timeout,
);

describe('examples', () => {
  beforeAll(
    () => go.run('go', ['build', '-o', join(go.folder, 'examples/'), './examples/...']),
    patience.timeout,
  );

  test.each(examples)('%s runs against the gateway', async (name) => {
    const args = name === 'production' ? [join(go.folder, 'state.json')] : [];
    const program = join(go.folder, 'examples', name);
    await go.run(program, args, { env: access() });
    if (name === 'production') await go.run(program, args, { env: access() });
  });
});

describe('its own tests', () => {
  test(
    'pass, with nothing left running and no race',
    async () => {
      const args = ['test', ...go.race, '-count=1', '-timeout=60s', '-tags=gateway', './...'];
      const signing = {
        HOTPLEX_TOKEN_KEY: service.privateKey,
        HOTPLEX_JWKS_FILE: service.env.HOTPLEX_SECURITY_JWT_JWKS_FILE,
      };
      const said = await go.run('go', args, { env: { ...access(), ...signing } });
      expect(said.match(/^ok .*/gm)).toHaveLength(2);
    },
    patience.timeout,
  );

  test(
    'its modules are tidy, formatted and without what vet finds',
    async () => {
      for (const cwd of Object.values(goModules)) {
        expect(await go.run('gofmt', ['-l', '.'], { cwd })).toBe('');
        await go.run('go', ['vet', '-tags=gateway', './...'], { cwd });
        await go.run('go', ['mod', 'tidy', '-diff'], { cwd });
      }
    },
    patience.timeout,
  );
});
