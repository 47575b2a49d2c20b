import { createHmac, createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AepClient } from '@hotplex/client-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sharedSecretKeys } from '../../apps/gateway/src/auth/shared-secret.ts';
import { ask } from '../support/ask.ts';
import { runCli } from '../support/run-cli.ts';
import { type RunningGateway, startGateway } from '../support/start-gateway.ts';
import { openTokenService } from '../support/token-service.ts';

const service = openTokenService();
const secret = '0123456789abcdef0123456789abcdef';
const settings = { ...service.env, HOTPLEX_JWT_SECRET: secret };
const issuer = service.env.HOTPLEX_SECURITY_JWT_ISSUER;
let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await startGateway({
    env: { ...settings, HOTPLEX_SECURITY_REVOCATION_CHECK: '200ms', HOTPLEX_LOG_LEVEL: 'error' },
  });
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  service[Symbol.dispose]();
});

const token = (args: string[], input = '') =>
  runCli(['token', ...args], {
    ...{ home: gateway.dataDir, input },
    env: { ...settings, HOTPLEX_DB_PATH: join(gateway.dataDir, 'hotplex.db') },
  });
const newToken = async (...args: string[]) => (await token(['create', ...args])).out.trim();
const statusWith = async (bearer: string, method = 'GET') =>
  (await ask(gateway.port, '/api/sessions', { method, headers: { authorization: `Bearer ${bearer}` } }))
    .status;
const inspect = async (text: string) => {
  const { out, code } = await token(['inspect'], text);
  return {
    code,
    ...(JSON.parse(out) as { good: boolean; claims: { jti: string }; header: { kid: string } }),
  };
};

test('[A4] a token made by the command is its user, with the role and the bot that it names', async () => {
  const driver = await newToken('--user', 'alice', '--bot', 'bot-7');
  expect(await inspect(driver)).toMatchObject({
    ...{ code: 0, good: true, subject: 'alice', bot_id: 'bot-7', role: 'driver' },
    header: { alg: 'ES256', typ: 'at+jwt' },
    claims: { sub: 'alice', bot_id: 'bot-7', scope: 'driver', iss: issuer },
  });
  using client = new AepClient({ url: gateway.url, workerType: 'demo', auth: driver, reconnect: false });
  expect((await client.connect()).role).toBe('driver');
  const viewer = await newToken('--user', 'alice', '--role', 'viewer', '--ttl', '1h');
  expect(await statusWith(viewer)).toBe(200);
  expect(await statusWith(viewer, 'POST')).toBe(403);
});

test('[P13] [J8] a token that was revoked is out at once, its socket too, and stays out after kill -9', async () => {
  const bad = await newToken('--user', 'mallory');
  const good = await newToken('--user', 'mallory');
  using client = new AepClient({ url: gateway.url, workerType: 'demo', auth: bad, reconnect: false });
  await client.connect();
  expect((await token(['revoke'], bad)).code).toBe(0);
  expect(await statusWith(bad)).toBe(401);
  await expect.poll(() => client.connection.status).toBe('closed');
  await gateway.kill();
  await gateway.restart();
  expect(await statusWith(bad)).toBe(401);
  expect(await statusWith(good)).toBe(200);
  expect(await inspect(bad)).toMatchObject({
    code: 1,
    good: false,
    reason: expect.stringContaining('revoked'),
  });
  await token(['revoke', '--id', (await inspect(good)).claims.jti]);
  expect(await statusWith(good)).toBe(401);
});

test('[J8] [L1] a user who is signed out everywhere is out on every socket, also after kill -9, and others are not', async () => {
  const [first, second] = [await newToken('--user', 'dora'), service.tokenOf('dora')];
  const [viewer, other] = [
    await newToken('--user', 'dora', '--role', 'viewer'),
    await newToken('--user', 'eve'),
  ];
  const clients = [first, second, other].map(
    (auth) => new AepClient({ url: gateway.url, workerType: 'demo', auth, reconnect: false }),
  );
  await Promise.all(clients.map((client) => client.connect()));
  expect(await token(['revoke', '--user', 'dora'])).toMatchObject({
    code: 0,
    out: expect.stringContaining('dora is signed out everywhere'),
  });
  await expect
    .poll(() => clients.map(({ connection }) => connection.status))
    .toEqual(['closed', 'closed', 'ready']);
  await gateway.kill();
  await gateway.restart();
  for (const bearer of [first, second, viewer]) expect(await statusWith(bearer)).toBe(401);
  expect(await statusWith(other)).toBe(200);
  await expect.poll(async () => statusWith(await newToken('--user', 'dora')), { interval: 300 }).toBe(200);
  const env = { HOTPLEX_DB_PATH: join(gateway.dataDir, 'hotplex.db') };
  const { out } = await runCli(['audit', 'export', '--jsonl'], { home: gateway.dataDir, env });
  expect(out).toMatch(/"actor":"operator"[^\n]*"action":"token revoke --user dora"/);
  expect((await token(['revoke', '--user', 'key:ci'])).err).toContain('end it with hotplex keys revoke');
  for (const client of clients) client.close();
});

test('[J7] with a new signing key nobody is put out, and new tokens are signed with it', async () => {
  const before = await newToken('--user', 'alice');
  expect((await token(['rotate'])).code).toBe(0);
  const after = await newToken('--user', 'alice');
  expect((await inspect(after)).header.kid).not.toBe((await inspect(before)).header.kid);
  await expect.poll(() => statusWith(after), { interval: 500 }).toBe(200);
  expect(await statusWith(before)).toBe(200);
  await gateway.restart();
  expect([await statusWith(before), await statusWith(after)]).toEqual([200, 200]);
});

test('[J7] [P13] a key added to the JWKS file is taken without a restart, and one that is gone is not', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const file = service.env.HOTPLEX_SECURITY_JWT_JWKS_FILE ?? '';
  const keyFile = join(gateway.dataDir, 'next.json');
  const names = { kid: 'next', alg: 'ES256', use: 'sig' };
  writeFileSync(keyFile, JSON.stringify({ ...privateKey.export({ format: 'jwk' }), ...names }), {
    mode: 0o600,
  });
  writeFileSync(
    `${file}.new`,
    JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), ...names }] }),
  );
  const [old, next] = [service.tokenOf('alice'), await newToken('--user', 'alice', '--key', keyFile)];
  expect([await statusWith(old), await statusWith(next)]).toEqual([200, 401]);
  renameSync(`${file}.new`, file);
  await expect.poll(() => statusWith(next), { interval: 1_000 }).toBe(200);
  expect(await statusWith(old)).toBe(401);
});

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const now = Math.floor(Date.now() / 1_000);
const claims = { iss: issuer, aud: 'hotplex-gateway', sub: 'go', iat: now, exp: now + 300, jti: 'go-1' };

test('a token of a client of the Go HotPlex is good where its secret is set', async () => {
  // The private scalar that goes with `secret`, as the reference derives it.
  const d = Buffer.from('4ce1cb48cf650edc86170b24b4e8fd662d66fb1ed54c327b390bbca790e393cb', 'hex');
  const [{ x, y } = { x: '', y: '' }] = sharedSecretKeys(secret);
  const jwk = { kty: 'EC', crv: 'P-256', x, y, d: d.toString('base64url') };
  const text = `${encode({ alg: 'ES256', typ: 'JWT' })}.${encode(claims)}`;
  const key = createPrivateKey({ key: jwk, format: 'jwk' });
  const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' });
  expect(await statusWith(`${text}.${signature.toString('base64url')}`)).toBe(200);
  const symmetric = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ ...claims, jti: 'go-2' })}`;
  const mac = createHmac('sha256', secret).update(symmetric).digest('base64url');
  expect(await statusWith(`${symmetric}.${mac}`)).toBe(401);
});

test('a token that does not come in is asked for in one sentence', async () => {
  const { code, err, out } = await token(['revoke']);
  expect({ code, out, lines: err.trim().split('\n').length }).toEqual({ code: 1, out: '', lines: 1 });
  expect(err).toContain('no token came in');
});
