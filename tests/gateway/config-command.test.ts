import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../support/operators.ts';
import { ownHome } from '../support/own-home.ts';
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

test('[G14] a running gateway reads its file anew, says what it had, and takes it back', async () => {
  const {
    home: folder,
    cli,
    env,
  } = ownHome({
    ...{ HOTPLEX_ADMIN_ENABLED: 'true', HOTPLEX_ADMIN_ADDR: `127.0.0.1:${await freePort()}` },
    HOTPLEX_GATEWAY_WATCH_CONFIG: 'false',
  });
  const file = join(folder, 'own.json');
  env.HOTPLEX_CONFIG = file;
  const write = (max_queue: number) => writeFileSync(file, JSON.stringify({ session: { max_queue } }));
  write(7);
  expect(await cli(['config', 'history'])).toMatchObject({
    code: 4,
    err: expect.stringContaining('no gateway'),
  });
  expect((await cli(['gateway', 'start', '-d'])).code).toBe(0);
  write(9);
  expect((await cli(['config', 'reload'])).out).toBe('Version 2 is in force:\n  session.max_queue: 7 → 9\n');
  expect((await cli(['config', 'reload'])).out).toBe('Nothing is different: version 2 is in force.\n');
  expect(JSON.parse((await cli(['config', 'rollback', '1', '--json'])).out)).toMatchObject({
    ...{ version: 3, changes: [{ key: 'session.max_queue', old: 9, new: 7 }] },
  });
  const lines = (await cli(['config', 'history'])).out.trim().split('\n');
  expect(lines[1]).toMatch(/^3 +\S+ \S+Z +rollback +\S.* session\.max_queue: 9 → 7$/);
  expect(lines.slice(1).map((line) => line.split(/ +/)[3])).toEqual(['rollback', 'request', 'start']);
  expect(await cli(['config', 'rollback', '99'])).toMatchObject({
    ...{ code: 1, err: expect.stringContaining('there is no version 99: hotplex config history lists them') },
  });
  expect((await cli(['config', 'rollback', 'last'])).code).toBe(2);
});
