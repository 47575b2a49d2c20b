import { AepClient, SessionsApi } from '@hotplex/client-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, askForSocket } from '../support/ask.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';
import { openTokenService } from '../support/token-service.ts';

const service = openTokenService();
const { tokenOf } = service;
let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await startGateway({ env: service.env });
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  service[Symbol.dispose]();
});

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const open = (auth: string) =>
  new AepClient({ url: gateway.url, workerType: 'demo', auth, reconnect: false });

/** What the gateway answers to this init. */
async function initWith(data: Record<string, unknown>): Promise<{ session_id: string; code?: string }> {
  const socket = new WebSocket(`ws://127.0.0.1:${gateway.port}/ws`);
  const answer = new Promise<string>((resolve) => {
    socket.onmessage = (message) => resolve(String(message.data));
  });
  socket.onopen = () => socket.send(JSON.stringify({ version: 'aep/v1', event: { type: 'init', data } }));
  const { event } = JSON.parse(await answer);
  socket.close();
  return event.data;
}

test('[J1] [J7] tokens by a key of security.jwt_jwks_file are taken, others are not', async () => {
  const token = tokenOf('alice');
  expect((await ask(gateway.port, '/api/agents', { headers: bearer(token) })).status).toBe(200);
  using client = open(token);
  expect((await client.connect()).state).toBe('created');
  const foreign = tokenOf('alice', { iss: 'https://evil.example' });
  expect((await ask(gateway.port, '/api/agents', { headers: bearer(foreign) })).status).toBe(401);
});

test('[P15] [A4] a session of alice is to bob one that does not exist, by HTTP and by socket', async () => {
  const [alice, bob] = ['alice', 'bob'].map(
    (name) => new SessionsApi({ url: gateway.url, auth: tokenOf(name) }),
  );
  const { id } = (await alice?.create({ workerType: 'demo', title: 'for alice only' })) ?? { id: '' };
  const missing = await ask(gateway.port, '/api/sessions/no-such-session', {
    headers: bearer(tokenOf('bob')),
  });
  for (const path of [`/api/sessions/${id}`, `/api/sessions/${id}/events`])
    expect(await ask(gateway.port, path, { headers: bearer(tokenOf('bob')) })).toMatchObject({
      ...{ status: 404, body: missing.body },
    });
  expect((await bob?.list())?.sessions).toEqual([]);
  await expect(bob?.remove(id)).rejects.toMatchObject({ code: 'SESSION_NOT_FOUND' });
  using client = new AepClient({
    ...{ url: gateway.url, workerType: 'demo', auth: tokenOf('bob'), sessionId: id, reconnect: false },
  });
  const opened = await client.connect();
  expect(opened.session_id).not.toBe(id);
  expect(opened.last_seq).toBe(0);
  expect((await alice?.get(id))?.title).toBe('for alice only');
});

test('[A4] bots of one user do not know of each other’s sessions, and may call them alike; their user knows all', async () => {
  const [one, two] = ['bot-1', 'bot-2'].map((bot_id) => tokenOf('alice', { bot_id }));
  const joined = async (auth: string | undefined, sessionId: string) => {
    const options = { url: gateway.url, workerType: 'demo', auth: auth ?? '', reconnect: false } as const;
    using client = new AepClient({ ...options, sessionId });
    return (await client.connect()).session_id;
  };
  const ofOne = await joined(one, 'daily');
  const ofTwo = await joined(two, 'daily');
  expect(ofTwo).not.toBe(ofOne);
  expect([await joined(one, 'daily'), await joined(two, 'daily')]).toEqual([ofOne, ofTwo]);
  expect(await joined(two, ofOne)).not.toBe(ofOne);
  const statusOf = async (auth: string | undefined) =>
    (await ask(gateway.port, `/api/sessions/${ofOne}`, { headers: bearer(auth ?? '') })).status;
  expect([await statusOf(one), await statusOf(two), await statusOf(tokenOf('alice'))]).toEqual([
    200, 404, 200,
  ]);
  const shared = await joined(tokenOf('alice'), 'of nobody');
  expect([await joined(one, 'of nobody'), await joined(two, 'of nobody')]).toEqual([shared, shared]);
});

test('[P17] [A4] who asks is in the token: nothing in init adds to it', async () => {
  const mine = { subject: 'alice', owner_id: 'alice', bot_id: 'x', scope: 'admin', role: 'admin' };
  const auth = { token: tokenOf('carol'), ...mine };
  const data = { version: 'aep/v1', worker_type: 'demo', auth, ...mine, role: 'driver' };
  const { session_id: id } = await initWith(data);
  expect((await ask(gateway.port, `/api/sessions/${id}`, { headers: bearer(tokenOf('carol')) })).status).toBe(
    200,
  );
  expect((await ask(gateway.port, `/api/sessions/${id}`, { headers: bearer(tokenOf('alice')) })).status).toBe(
    404,
  );
});

test('[A3] [P14] [claudecodeui#648] [mcpjam#1980] [openclaw#77097] a good token in the address is refused', async () => {
  const token = tokenOf('alice');
  for (const name of ['token', 'access_token', 'Token', '%74oken'])
    expect((await askForSocket(gateway.port, `/ws?${name}=${token}`)).line).toContain('400');
});

test('[P13] [J8] what was signed out stays out after kill -9, what was not stays in', async () => {
  const origin = gateway.url;
  const post = (path: string, headers: Record<string, string>, body = '{}') =>
    ask(gateway.port, `/api/auth/${path}`, {
      ...{ method: 'POST', body, headers: { origin, 'content-type': 'application/json', ...headers } },
    });
  const signIn = async () => {
    const code = new URL(gateway.signInLink).hash.slice('#code='.length);
    const { body, headers } = await post('sign-in', {}, JSON.stringify({ code }));
    const { access_token: token } = JSON.parse(body) as { access_token: string };
    return { token, jar: { cookie: String(headers['set-cookie']).split(';', 1)[0] ?? '' } };
  };
  const stays = await signIn();
  await gateway.kill();
  await gateway.restart();
  const leaves = await signIn();
  expect((await post('sign-out', leaves.jar)).status).toBe(204);
  await gateway.kill();
  await gateway.restart();
  const asked = await ask(gateway.port, '/api/agents', { headers: bearer(leaves.token) });
  expect(asked).toMatchObject({ status: 401, body: expect.stringContaining('"reason":"revoked"') });
  expect((await post('refresh', leaves.jar)).status).toBe(401);
  expect((await ask(gateway.port, '/api/agents', { headers: bearer(stays.token) })).status).toBe(200);
  expect((await post('refresh', stays.jar)).status).toBe(200);
});

test('[A6] [clawjacked] a hundred wrong tokens from loopback are limited, over sockets as over HTTP', async () => {
  const codes: unknown[] = [];
  for (let count = 0; count < 100; count++) {
    const data = { version: 'aep/v1', worker_type: 'demo', auth: { token: `wrong-${count}` } };
    codes.push((await initWith(data)).code);
  }
  expect(codes.filter((code) => code === 'RATE_LIMITED').length).toBeGreaterThan(80);
  expect((await ask(gateway.port, '/api/agents', { headers: { 'x-api-key': apiKey } })).status).toBe(429);
  expect((await ask(gateway.port, '/health')).status).toBe(200);
});
