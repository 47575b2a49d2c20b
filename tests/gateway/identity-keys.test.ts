import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AepClient, SessionsApi } from '@hotplex/client-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask } from '../support/ask.ts';
import { openOperators } from '../support/operators.ts';
import { runCli } from '../support/run-cli.ts';
import { type RunningGateway, startGateway } from '../support/start-gateway.ts';

let gateway: RunningGateway;
let adminPort: number;

beforeAll(async () => {
  const { env } = await openOperators();
  adminPort = Number(env.HOTPLEX_ADMIN_ADDR.split(':')[1]);
  gateway = await startGateway({
    env: { ...env, HOTPLEX_SECURITY_REVOCATION_CHECK: '200ms', HOTPLEX_LOG_LEVEL: 'error' },
  });
});
afterAll(() => gateway[Symbol.asyncDispose]());

const keys = (...args: string[]) =>
  runCli(['keys', ...args], {
    home: gateway.dataDir,
    env: { HOTPLEX_DB_PATH: join(gateway.dataDir, 'hotplex.db') },
  });
const newKey = async (...args: string[]) => (await keys('create', ...args)).out.trim();
const statusWith = async (key: string, path = '/api/sessions', method = 'GET') =>
  (await ask(gateway.port, path, { method, headers: { 'x-api-key': key } })).status;
const open = (auth: string) =>
  new AepClient({ url: gateway.url, workerType: 'demo', auth, reconnect: false });

test('[A4] [J8] a key made while the gateway runs opens it at once, and is out at once when it is revoked', async () => {
  const { out, err, code } = await keys('create', 'ci');
  const key = out.trim();
  expect({ code, key }).toEqual({ code: 0, key: expect.stringMatching(/^hotplex_[0-9a-f]{12}_[\w-]{43}$/) });
  expect(err).toContain('not shown again');
  expect(await statusWith(key)).toBe(200);
  using client = open(key);
  await client.connect();
  expect((await client.prompt('markdown').done).text).not.toBe('');

  expect((await keys('revoke', 'ci')).code).toBe(0);
  expect(await statusWith(key)).toBe(401);
  await expect.poll(() => client.connection.status).toBe('closed');
  await gateway.restart();
  expect(await statusWith(key)).toBe(401);
});

test('[A4] each key is somebody of its own; the next one of the same name is the same somebody', async () => {
  const [alice, bob] = [await newKey('alice'), await newKey('bob')];
  const { id } = await new SessionsApi({ url: gateway.url, auth: alice }).create({ workerType: 'demo' });
  expect(await statusWith(alice, `/api/sessions/${id}`)).toBe(200);
  expect(await statusWith(bob, `/api/sessions/${id}`)).toBe(404);
  expect((await keys('create', 'alice')).err).toContain('add --rotate');
  const next = await newKey('alice', '--rotate');
  expect(await statusWith(next, `/api/sessions/${id}`)).toBe(200);
  expect((await keys('revoke', 'alice')).err).toContain('has several keys');
  expect((await keys('revoke', alice.split('_')[1] ?? '')).code).toBe(0);
  expect(await statusWith(alice)).toBe(401);
  expect(await statusWith(next, `/api/sessions/${id}`)).toBe(200);
});

test('[A4] whoever gets the name of a revoked key is somebody else, unless it is meant to be the same', async () => {
  const first = await newKey('nightly');
  const { id } = await new SessionsApi({ url: gateway.url, auth: first }).create({ workerType: 'demo' });
  await keys('revoke', 'nightly');
  const { out, err } = await keys('create', 'nightly');
  expect(err).toContain('not who had that name before');
  expect(await statusWith(out.trim(), `/api/sessions/${id}`)).toBe(404);
  const { sessions } = await new SessionsApi({ url: gateway.url, auth: out.trim() }).list();
  expect(sessions).toEqual([]);

  const owner = await newKey('weekly');
  const kept = await new SessionsApi({ url: gateway.url, auth: owner }).create({ workerType: 'demo' });
  await keys('revoke', 'weekly');
  const next = await newKey('weekly', '--rotate');
  expect(await statusWith(next, `/api/sessions/${kept.id}`)).toBe(200);
});

test('[A5] [A7] a key is good for its role: a viewer changes nothing, an admin sees the operators’ port alone', async () => {
  const viewer = await newKey('watcher', '--role', 'viewer');
  expect(await statusWith(viewer)).toBe(200);
  expect(await statusWith(viewer, '/api/sessions', 'POST')).toBe(403);
  const admin = await newKey('ops', '--role', 'admin');
  const status = (key: string) => ask(adminPort, '/status', { headers: { authorization: `Bearer ${key}` } });
  expect((await status(admin)).status).toBe(200);
  expect((await status(viewer)).status).toBe(401);
  expect(await statusWith(admin)).toBe(403);
  await expect(open(admin).connect()).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test('a key with a time ends by itself, and the list says so', async () => {
  const key = await newKey('short', '--expires', '1s');
  await expect.poll(() => statusWith(key), { interval: 200 }).toBe(401);
  const { out } = await keys('list');
  expect(out).toMatch(/^ID +NAME +ROLE +CREATED +EXPIRES +LAST USED +STATE\n/);
  expect(out).toMatch(/ short +driver .* expired\n/);
  expect(out).toMatch(/ ci +driver +\S+ +never +20\S+ +revoked\n/);
  expect(out).not.toContain(key);
});

test('[L1] [L3] no key is in the data of the gateway; who made and ended which is in the audit log', async () => {
  const key = await newKey('written');
  expect(await statusWith(key)).toBe(200);
  for (const name of readdirSync(gateway.dataDir).filter((file) => file.startsWith('hotplex.db')))
    expect(readFileSync(join(gateway.dataDir, name)).includes(key.slice(-43))).toBe(false);
  const env = { HOTPLEX_DB_PATH: join(gateway.dataDir, 'hotplex.db') };
  const audit = await runCli(['audit', 'export', '--jsonl'], { home: gateway.dataDir, env });
  expect(audit.out).toContain(`"action":"keys create ${key.split('_')[1]}"`);
  expect(audit.out).toMatch(/"actor":"operator".*"action":"keys revoke /);
  expect((await runCli(['audit', 'verify'], { home: gateway.dataDir, env })).code).toBe(0);
});

test('before the first start the command makes the database; what is wrong is said in one sentence', async () => {
  const home = mkdtempSync(join(tmpdir(), 'hotplex-keys-'));
  const file = join(home, 'new', 'hotplex.db');
  const cli = (...args: string[]) => runCli(['keys', ...args], { home, env: { HOTPLEX_DB_PATH: file } });
  expect((await cli('list')).out).toMatch(/^ID .*STATE\n$/);
  expect(existsSync(file)).toBe(true);
  const { code, err, out } = await cli('revoke', 'nobody');
  expect({ code, out, lines: err.trim().split('\n').length }).toEqual({ code: 1, out: '', lines: 1 });
  expect(err).toContain('there is no key nobody');
  rmSync(home, { recursive: true });
});
