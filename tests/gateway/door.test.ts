import { AepClient, SessionsApi } from '@hotplex/client-sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askForSocket, ask as send } from '../support/ask.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
});

const ask = (path: string, options?: Parameters<typeof send>[2]) => send(gateway.port, path, options);
/** The first line of the answer to a WebSocket request. */
const upgrade = async (path: string, headers: Record<string, string>) => {
  const { line, stream } = await askForSocket(gateway.port, path, headers);
  stream.destroy();
  return line;
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
    expect((await ask('/health', { headers: { host: `0.0.0.0:${gateway.port}` } })).status).toBe(421);
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

  test('[H1] [H5] [CVE-2024-28179] a wrong token, no token, a wrong first frame: refused with a code and a close', async () => {
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

  test('[U1] [U5] [F1] no session leads its agent to the gateway, to a cloud’s credentials or to the system', async () => {
    const open = async (config: Record<string, unknown>) => {
      const headers = { 'x-api-key': apiKey, 'content-type': 'application/json' };
      const body = JSON.stringify({ worker_type: 'claude_code', config });
      const answer = await ask('/api/sessions', { method: 'POST', headers, body });
      return { status: answer.status, field: JSON.parse(answer.body).error?.details?.field };
    };
    const server = (url: string) => ({ mcp_servers: { x: { type: 'http', url } } });
    const refused = { status: 422, field: 'mcp_servers.x' };
    expect(await open(server(`http://localhost:${gateway.port}/ws`))).toEqual(refused);
    expect(await open(server('http://169.254.169.254/'))).toEqual(refused);
    expect(await open(server('http://localhost:3000/'))).toEqual({ status: 201, field: undefined });
    expect(await open({ work_dir: '/etc' })).toEqual({ status: 422, field: 'work_dir' });
    expect(await open({ work_dir: gateway.dataDir })).toEqual({ status: 422, field: 'work_dir' });
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
