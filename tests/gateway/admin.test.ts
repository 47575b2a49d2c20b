import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AepClient } from '@hotplex/client-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import manifest from '../../apps/gateway/package.json' with { type: 'json' };
import { metricTable } from '../../apps/gateway/src/ground/metric-table.ts';
import { ask, askForSocket } from '../support/ask.ts';
import { freePort } from '../support/operators.ts';
import { openRawClient } from '../support/raw-client.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';

const token = 'operators-0123456789abcdef0123456789abcdef';
const graphs = 'graphs-0123456789abcdef0123456789abcdef';
const operator = { authorization: `Bearer ${token}` };
let gateway: RunningGateway;
let port: number;

beforeAll(async () => {
  port = await freePort();
  gateway = await startGateway({
    env: {
      ...{ HOTPLEX_ADMIN_ADDR: `127.0.0.1:${port}`, HOTPLEX_ADMIN_TOKEN: token },
      HOTPLEX_ADMIN_TOKENS: JSON.stringify([{ name: 'graphs', token: graphs, scopes: ['stats:read'] }]),
      ...{ HOTPLEX_ADMIN_REQUESTS_PER_SECOND: '1000', HOTPLEX_ADMIN_REQUESTS_BURST: '1000' },
    },
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
    cpu_percent: null,
    age_ms: expect.any(Number),
    owner_id: expect.stringMatching(/^key:/),
  };
  expect(workers[0].age_ms).toBeGreaterThan(0);
  expect(workers).toEqual([{ session_id: id, worker_type: 'demo', state: 'idle', pid, ...used }]);
  expect(workers[0].memory_bytes).toBeGreaterThan(10_000_000);
  expect(() => process.kill(pid, 0)).not.toThrow();
});

const askJson = async (path: string, more: { method?: string; headers?: Record<string, string> } = {}) => {
  const { status, body } = await ask(port, path, { headers: operator, ...more });
  return { status, body: body === '' ? undefined : JSON.parse(body) };
};

test('the memory of agents, the size of the database, the log and the probes are real', async () => {
  using client = new AepClient({ url: gateway.url, workerType: 'demo', auth: apiKey, reconnect: false });
  const { session_id: id } = await client.connect();
  await client.prompt('hello').done;
  const { body: stats } = await askJson('/admin/stats');
  expect(stats.workers.demo.memory_bytes).toBeGreaterThan(10_000_000);
  expect(stats.database.size_bytes).toBeGreaterThan(10_000);
  expect(stats.gateway.memory_bytes).toBeGreaterThan(30_000_000);
  expect(await askJson('/admin/health')).toMatchObject({ status: 200, body: { status: 'healthy' } });
  const { body: workers } = await askJson('/admin/health/workers');
  expect(workers.workers).toContainEqual(expect.objectContaining({ session_id: id, running: true }));
  expect((await askJson(`/admin/sessions/${id}/stats`)).body).toMatchObject({
    total_turns: 1,
    success_turns: 1,
  });
  await ask(port, '/status', { headers: { authorization: `Bearer ${'wrong-'.repeat(8)}` } });
  const { body: logs } = await askJson('/admin/logs?component=auth&level=warn');
  expect(logs.logs.at(-1)).toMatchObject({ msg: 'a credential was refused', fields: { reason: 'unknown' } });
  expect(JSON.stringify(logs)).not.toContain('wrong-');
  const asGraphs = { headers: { authorization: `Bearer ${graphs}` } };
  expect((await askJson('/admin/stats', asGraphs)).status).toBe(200);
  expect((await askJson('/admin/sessions', asGraphs)).status).toBe(403);
  expect((await askJson(`/admin/sessions/${id}/terminate`, { method: 'POST' })).status).toBe(204);
  expect((await askJson(`/admin/sessions/${id}`)).body).toMatchObject({ state: 'terminated' });
});

test('Prometheus reads what happened in a real gateway, and every metric of the table is there', async () => {
  const read = async () =>
    (await ask(port, '/metrics', { headers: { authorization: `Bearer ${graphs}` } })).body;
  const readingOf = (text: string, line: string) =>
    Number(
      text
        .split('\n')
        .find((each) => each.startsWith(`${line} `))
        ?.slice(line.length),
    );
  const before = await read();
  for (const name of Object.keys(metricTable)) expect(before).toContain(`# HELP hotplex_${name} `);
  using client = new AepClient({ url: gateway.url, workerType: 'demo', auth: apiKey, reconnect: false });
  await client.connect();
  await client.prompt('flood 50').done;
  const after = await read();
  const grown = (line: string) => readingOf(after, line) - (readingOf(before, line) || 0);
  expect(grown('hotplex_turns_total{worker_type="demo",result="success"}')).toBe(1);
  expect(grown('hotplex_gateway_messages_total{direction="incoming",event_type="input"}')).toBe(1);
  expect(grown('hotplex_worker_starts_total{worker_type="demo",result="success"}')).toBe(1);
  expect(grown('hotplex_gateway_added_latency_seconds_count')).toBeGreaterThan(0);
  expect(readingOf(after, 'hotplex_worker_memory_bytes{worker_type="demo"}')).toBeGreaterThan(10_000_000);
  expect(readingOf(after, 'hotplex_gateway_connections_open')).toBe(1);
  expect(readingOf(after, 'nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
});

test('[C4] a gateway that is drained takes no more work, and lets the running turn end', async () => {
  const own = await freePort();
  await using other = await startGateway({
    env: { HOTPLEX_ADMIN_ADDR: `127.0.0.1:${own}`, HOTPLEX_ADMIN_TOKEN: token },
  });
  const askOther = (path: string, method = 'GET') => ask(own, path, { method, headers: operator });
  const client = await openRawClient(other.port, { 'x-api-key': apiKey });
  client.send('init', { version: 'aep/v1', worker_type: 'demo' });
  await client.heard('init_ack');
  client.send('input', { content: 'permission' });
  const { event } = await client.heard('permission_request');
  expect(await askOther('/admin/drain?timeout=5m', 'POST')).toMatchObject({
    status: 202,
    body: '{"status":"draining","running_turns":1}',
  });
  expect((await askOther('/admin/health/ready')).status).toBe(503);
  const refused = await ask(other.port, '/api/sessions', {
    method: 'POST',
    headers: { 'x-api-key': apiKey, 'content-type': 'application/json', 'content-length': '22' },
    body: '{"worker_type":"demo"}',
  });
  expect(refused).toMatchObject({ status: 503, body: expect.stringContaining('RECONNECT_REQUIRED') });
  client.send('permission_response', { id: event.data.id, allowed: true });
  expect((await client.heard('done')).event.data).toMatchObject({ success: true });
  await expect.poll(async () => JSON.parse((await askOther('/status')).body).workers).toEqual([]);
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
