import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AepClient, SessionsApi } from '@hotplex/client-sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
});

type Answer = { status: number; body: string; headers: Record<string, string | string[] | undefined> };

/** A request with exactly these headers: fetch would not let us choose Host and Origin. */
const ask = (
  path: string,
  {
    method = 'GET',
    headers = {},
    body = '',
  }: { method?: string; headers?: Record<string, string>; body?: string } = {},
) =>
  new Promise<Answer>((resolve, reject) => {
    const sent = request({ port: gateway.port, host: '127.0.0.1', path, method, headers }, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: text, headers: response.headers }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });

/** The first line of the answer to a WebSocket request. */
const upgrade = async (path: string, headers: Record<string, string>) => {
  const socket = connect(gateway.port, '127.0.0.1');
  const lines = {
    host: `127.0.0.1:${gateway.port}`,
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
  };
  socket.write(
    `GET ${path} HTTP/1.1\r\n${Object.entries(lines)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('')}\r\n`,
  );
  const [chunk] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return chunk.toString().split('\r\n', 1)[0];
};

describe('who may come in', () => {
  test('[A5] [W3] without a credential nothing but /health answers', async () => {
    expect(await ask('/health')).toMatchObject({ status: 200, body: '{"status":"ok"}' });
    const closed = [
      '/api/sessions',
      '/api/sessions/x',
      '/api/sessions/x/events',
      '/api/agents',
      '/api/nothing',
    ];
    for (const path of closed) expect((await ask(path)).status, path).toBe(401);
    expect((await ask('/api/auth/ticket', { method: 'POST' })).status).toBe(401);
  });

  test('[W1] [W2] a foreign Origin or Host is refused, on HTTP and before any upgrade', async () => {
    const key = { 'x-api-key': apiKey };
    expect((await ask('/api/agents', { headers: { ...key, origin: 'https://evil.example' } })).status).toBe(
      403,
    );
    expect((await ask('/health', { headers: { host: `evil.example:${gateway.port}` } })).status).toBe(421);
    expect(await upgrade('/ws', { ...key, origin: 'https://evil.example' })).toContain('403');
    expect(await upgrade('/ws', { ...key, host: `evil.example:${gateway.port}` })).toContain('421');
    expect(await upgrade('/ws', { ...key, origin: `http://127.0.0.1:${gateway.port}` })).toContain('101');
  });

  test('[A3] a credential in the address is refused, even a valid one', async () => {
    for (const name of ['token', 'api_key', 'access_token']) {
      expect(await upgrade(`/ws?${name}=${apiKey}`, {})).toContain('400');
      expect((await ask(`/api/agents?${name}=${apiKey}`)).status).toBe(400);
    }
  });

  test('[H2] [X6] the printed link signs in once; the cookie refreshes only for our own page', async () => {
    const code = new URL(gateway.signInLink).hash.slice('#code='.length);
    const origin = `http://127.0.0.1:${gateway.port}`;
    const json = { 'content-type': 'application/json', origin };
    const first = await ask('/api/auth/sign-in', {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ code }),
    });
    expect(first.status).toBe(200);
    const { access_token: token } = JSON.parse(first.body) as { access_token: string };
    const cookie = String(first.headers['set-cookie']);
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Strict/i);
    expect(cookie).toMatch(/Path=\/api\/auth/i);
    expect(
      (await ask('/api/auth/sign-in', { method: 'POST', headers: json, body: JSON.stringify({ code }) }))
        .status,
    ).toBe(401);
    expect((await ask('/api/agents', { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
    const jar = { cookie: cookie.split(';', 1)[0] ?? '' };
    expect((await ask('/api/agents', { headers: { ...jar, origin } })).status).toBe(401);
    expect((await ask('/api/auth/refresh', { method: 'POST', headers: jar })).status).toBe(403);
    expect((await ask('/api/auth/refresh', { method: 'POST', headers: { ...jar, origin } })).status).toBe(
      200,
    );
  });

  test('[H1] [H5] a wrong token, no token, a wrong first frame: refused with a code and a close', async () => {
    const wrong = new AepClient({
      url: gateway.url,
      workerType: 'demo',
      auth: 'not-a-key',
      reconnect: false,
    });
    await expect(wrong.connect()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    const none = new AepClient({ url: gateway.url, workerType: 'demo', reconnect: false });
    await expect(none.connect()).rejects.toMatchObject({ code: 'AUTH_REQUIRED' });
    const socket = new WebSocket(`ws://127.0.0.1:${gateway.port}/ws`);
    const frames: string[] = [];
    const closed = new Promise<CloseEvent>((resolve) => {
      socket.onclose = resolve;
    });
    socket.onopen = () => socket.send('{"version":"aep/v1","event":{"type":"ping","data":{}}}');
    socket.onmessage = ({ data }) => frames.push(String(data));
    expect((await closed).code).toBe(1000);
    expect(JSON.parse(frames[0] ?? '{}').event).toMatchObject({
      type: 'init_ack',
      data: { state: 'deleted', code: 'PROTOCOL_VIOLATION' },
    });
  });

  test('[H7] [H3] unknown agents and impossible settings are refused by name', async () => {
    const unknown = new AepClient({
      url: gateway.url,
      workerType: 'nonsense',
      auth: apiKey,
      reconnect: false,
    });
    await expect(unknown.connect()).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('demo'),
    });
    const prompted = new AepClient({
      url: gateway.url,
      workerType: 'demo',
      auth: apiKey,
      config: { system_prompt: 'x' },
      reconnect: false,
    });
    await expect(prompted.connect()).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('system_prompt'),
    });
  });
});

test('[R4] sessions by HTTP: make, list, rename, read, remove', async () => {
  const api = new SessionsApi({ url: gateway.url, auth: apiKey });
  const made = await api.create({ workerType: 'demo', title: 'First' });
  expect(made).toMatchObject({ title: 'First', state: 'created', work_dir: gateway.workDir, pending: 0 });
  expect((await api.rename(made.id, 'Second')).title).toBe('Second');
  expect((await api.list()).sessions.map(({ id }) => id)).toContain(made.id);
  expect((await api.events(made.id)).events.map(({ event }) => event.type)).toEqual(['session.title']);
  await api.remove(made.id);
  await expect(api.get(made.id)).rejects.toMatchObject({ code: 'SESSION_NOT_FOUND' });
  await expect(api.create({ workerType: 'demo', config: { work_dir: '/nowhere' } })).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
  });
});

describe('a start that cannot be', () => {
  const main = fileURLToPath(new URL('../../apps/gateway/dist/main.mjs', import.meta.url));
  const start = async (env: Record<string, string>, args: string[] = []) => {
    const folder = mkdtempSync(join(tmpdir(), 'hotplex-start-'));
    mkdirSync(join(folder, 'work'));
    const defaults = {
      HOTPLEX_DB_PATH: join(folder, 'h.db'),
      HOTPLEX_GATEWAY_ADDR: '127.0.0.1:0',
      HOTPLEX_WORKER_DEFAULT_WORK_DIR: join(folder, 'work'),
    };
    const child = spawn(process.execPath, [main, ...args], {
      env: { PATH: process.env.PATH ?? '', HOME: folder, ...defaults, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    const [code] = await once(child, 'exit');
    rmSync(folder, { recursive: true });
    return { code, said };
  };

  test.each([
    [
      'a port in use',
      () => ({ HOTPLEX_GATEWAY_ADDR: `127.0.0.1:${gateway.port}` }),
      /is in use.*HOTPLEX_GATEWAY_ADDR/,
    ],
    [
      'a missing work dir',
      () => ({ HOTPLEX_WORKER_DEFAULT_WORK_DIR: '/nowhere/at/all' }),
      /does not exist.*HOTPLEX_WORKER_DEFAULT_WORK_DIR/,
    ],
    [
      'the database of a running gateway',
      () => ({ HOTPLEX_DB_PATH: join(gateway.dataDir, 'hotplex.db') }),
      /another gateway is using .*HOTPLEX_DB_PATH/,
    ],
    [
      'a data folder that cannot be made',
      () => ({ HOTPLEX_DB_PATH: '/dev/null/folder/h.db' }),
      /cannot use the folder.*HOTPLEX_DB_PATH/,
    ],
    [
      'an address open to everybody',
      () => ({ HOTPLEX_GATEWAY_ADDR: '0.0.0.0:0' }),
      /reachable from other machines/,
    ],
    ['a short key', () => ({ HOTPLEX_SECURITY_API_KEY_1: 'short' }), /shorter than 32/],
    [
      'a wrong value',
      () => ({ HOTPLEX_SESSION_PERMISSION_TIMEOUT: 'soon' }),
      /HOTPLEX_SESSION_PERMISSION_TIMEOUT.*30s/,
    ],
  ])('[G12] [A1] %s is one sentence with the remedy', async (_, env, sentence) => {
    const { code, said } = await start(env());
    expect(code).toBe(1);
    expect(said).toMatch(sentence);
    expect(said.trim().split('\n')).toHaveLength(1);
  });

  test('[G12] a key that does not exist in the file is named, with the one that was meant', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hotplex-config-'));
    const file = join(folder, 'hotplex.yaml');
    writeFileSync(file, 'gateway:\n  adr: 127.0.0.1:1\n');
    const { code, said } = await start({}, ['--config', file]);
    rmSync(folder, { recursive: true });
    expect(code).toBe(1);
    expect(said).toMatch(/there is no setting gateway\.adr; did you mean gateway\.addr\?/);
  });
});
