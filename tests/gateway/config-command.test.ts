import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli } from '../support/run-cli.ts';

let home: string;
beforeAll(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'hotplex-config-')));
  writeFileSync(join(home, 'base.toml'), '[session]\nmax_queue = 7\n');
  writeFileSync(
    join(home, 'mine.yaml'),
    'inherits: base.toml\nadmin: {token: hush-hush-0123456789abcdef-0123456789}\n',
  );
  writeFileSync(join(home, 'wrong.json'), '{"session": {"max_qeue": 7}}');
  writeFileSync(join(home, 'oidc.yaml'), 'oidc: {issuer: "https://accounts.example.com", client_id: x}\n');
  writeFileSync(join(home, 'weak.yaml'), 'security: {api_keys: [short]}\n');
  writeFileSync(join(home, 'tls.yaml'), 'gateway: {tls: {cert: /nowhere.pem, key: /nowhere.key}}\n');
  writeFileSync(join(home, 'unsafe.yaml'), 'gateway: {addr: "0.0.0.0:8888"}\n');
});
afterAll(() => rmSync(home, { recursive: true }));

const config = (args: readonly string[], env: Record<string, string> = {}) =>
  runCli(['config', ...args], { home, env });

test('check says that it is right, with what it warns of', async () => {
  const { code, out, err } = await config(['check', '-c', 'mine.yaml'], { HOTPLEX_SESION_MAX_QUEUE: '1' });
  expect(err).toBe('');
  expect(out).toBe(
    'warning: HOTPLEX_SESION_MAX_QUEUE names no setting of this gateway and has no effect\nmine.yaml is right\n',
  );
  expect(code).toBe(0);
});

test.each([
  ['wrong.json', 'wrong.json: there is no setting session.max_qeue; did you mean session.max_queue?'],
  ['unsafe.yaml', 'hotplex config: gateway.addr 0.0.0.0:8888 is reachable from other machines'],
  ['oidc.yaml', 'oidc.redirect_uri is not'],
  ['weak.yaml', 'security.api_keys'],
  ['tls.yaml', 'gateway.tls.cert: /nowhere.pem cannot be read'],
  ['nowhere.yaml', 'cannot be read: check the path'],
])('[G12] check of %s says what is wrong, and starts nothing', async (file, words) => {
  const { code, out, err } = await config(['check', '-c', file]);
  expect(err).toContain(words);
  expect(err.trim().split('\n')).toHaveLength(1);
  expect(out).toBe('');
  expect(code).toBe(1);
});

test('show and diff give values, origins and differences, never a secret', async () => {
  const env = { HOTPLEX_CONFIG: 'mine.yaml', HOTPLEX_LOG_LEVEL: 'warn' };
  const shown = await config(['show'], env);
  expect(shown.out).toContain('session.max_queue = 7   # file\n');
  expect(shown.out).toContain('log.level = "warn"   # environment\n');
  expect(shown.out).toContain('admin.token = "(secret)"   # file\n');
  expect(shown.out).toContain('gateway.addr = "127.0.0.1:8888"   # default\n');
  const differing = await config(['diff'], env);
  expect(differing.out.split('\n')).toEqual([
    'admin.token: (not set) → "(secret)"',
    'session.max_queue: 50 → 7',
    'log.level: "info" → "warn"',
    '',
  ]);
  const other = await config(['diff', 'base.toml', '--json'], env);
  expect(JSON.parse(other.out)).toEqual([{ path: 'admin.token', other: '(secret)' }]);
  expect(shown.out + differing.out + other.out).not.toContain('hush');
});

test('a wrong call says how it is called', async () => {
  for (const args of [[], ['chekc'], ['show', 'mine.yaml'], ['schema', '--nope']])
    expect((await config(args)).err).toMatch(/see hotplex config --help/);
});

test('the schema is what lies in the documentation', async () => {
  const { out } = await config(['schema']);
  expect(JSON.parse(out)).toMatchObject({
    title: expect.any(String),
    properties: { session: {}, inherits: {} },
  });
});
