import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { AepClient } from '@hotplex/client-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import manifest from '../../apps/gateway/package.json' with { type: 'json' };
import { ask, askForSocket } from '../support/ask.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';

const token = 'operators-0123456789abcdef0123456789abcdef';
const operator = { authorization: `Bearer ${token}` };
let gateway: RunningGateway;
let port: number;

/** A port that was free a moment ago: the gateway prints the address of its main listener only. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: free } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return free;
}

beforeAll(async () => {
  port = await freePort();
  gateway = await startGateway({
    env: { HOTPLEX_ADMIN_ADDR: `127.0.0.1:${port}`, HOTPLEX_ADMIN_TOKEN: token },
  });
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
});

const statusOf = async () => JSON.parse((await ask(port, '/status', { headers: operator })).body);

test('[A7] operators see version, uptime, sessions by state, sockets and the processes of agents', async () => {
  expect(await statusOf()).toEqual({
    version: manifest.version,
    isolation: 'process',
    uptime: expect.any(Number),
    sessions: {},
    connections: 0,
    workers: [],
  });
  using client = new AepClient({ url: gateway.url, workerType: 'demo', auth: apiKey, reconnect: false });
  const { session_id: id } = await client.connect();
  expect(await statusOf()).toMatchObject({ sessions: { created: 1 }, connections: 1, workers: [] });
  const pid = Number((await client.prompt('pid').done).text.match(/\d+/)?.[0]);
  const { sessions, workers } = await statusOf();
  expect(sessions).toEqual({ idle: 1 });
  const used = {
    isolation: 'process',
    processes: 1,
    memory_bytes: expect.any(Number),
    cpu_ms: expect.any(Number),
  };
  expect(workers).toEqual([{ session_id: id, worker_type: 'demo', state: 'idle', pid, ...used }]);
  expect(workers[0].memory_bytes).toBeGreaterThan(10_000_000);
  expect(() => process.kill(pid, 0)).not.toThrow();
});

test('[A7] [A5] without the admin token there is nothing but /health; a user’s credential is none here', async () => {
  const body = '{"status":"ok","isolation":"process"}';
  expect(await ask(port, '/health')).toMatchObject({ status: 200, body });
  expect((await ask(port, '/status')).status).toBe(401);
  expect((await ask(port, '/status', { headers: { 'x-api-key': apiKey } })).status).toBe(401);
  expect((await ask(port, '/status', { headers: { authorization: `Bearer ${apiKey}` } })).status).toBe(401);
  expect((await ask(port, `/status?token=${token}`)).status).toBe(400);
  expect((await ask(port, '/status', { headers: { cookie: `token=${token}` } })).status).toBe(401);
});

test('[A7] the admin token opens nothing on the main port', async () => {
  for (const headers of [operator, { 'x-api-key': token }])
    expect((await ask(gateway.port, '/api/agents', { headers })).status).toBe(401);
  expect((await askForSocket(gateway.port, '/ws', operator)).line).toContain('401');
  expect((await ask(gateway.port, '/status', { headers: operator })).body).not.toContain('uptime');
});

test('[W1] [W2] no page, no rebound name and no socket gets in, with the right token neither', async () => {
  for (const origin of [`http://127.0.0.1:${port}`, gateway.url, 'https://evil.example', 'null'])
    expect((await ask(port, '/status', { headers: { ...operator, origin } })).status).toBe(403);
  for (const host of [`evil.example:${port}`, `127.0.0.1:${gateway.port}`])
    expect((await ask(port, '/status', { headers: { ...operator, host } })).status).toBe(421);
  expect((await askForSocket(port, '/ws', operator)).line).toContain('404');
  expect((await ask(port, '/status', { method: 'OPTIONS' })).headers['access-control-allow-origin']).toBe(
    undefined,
  );
});

test('[A6] guesses are limited, on both ports together', async () => {
  const guess = (where: number, path: string) =>
    ask(where, path, { headers: { authorization: `Bearer ${'guess-'.repeat(8)}` } });
  const statuses = [];
  for (let count = 0; count < 30; count++) statuses.push((await guess(port, '/status')).status);
  expect(statuses).toContain(429);
  const limited = await guess(gateway.port, '/api/agents');
  expect(limited.status).toBe(429);
  expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0);
  expect((await ask(port, '/health')).status).toBe(200);
});

test('[A7] [J7] a gateway that is given no admin token makes its own, once, for its user’s eyes alone', async () => {
  const own = await freePort();
  await using other = await startGateway({ env: { HOTPLEX_ADMIN_ADDR: `127.0.0.1:${own}` } });
  const file = join(other.dataDir, 'admin-token');
  const made = readFileSync(file, 'utf8').trim();
  const status = async () =>
    (await ask(own, '/status', { headers: { authorization: `Bearer ${made}` } })).status;
  expect(made).toMatch(/^[0-9a-f]{64}$/);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(await status()).toBe(200);
  expect((await ask(own, '/status')).status).toBe(401);
  await other.restart();
  expect(await status()).toBe(200);
});
