import { describe, expect, test } from 'vitest';
import type { AdminUser } from '../../src/auth/admin-users.ts';
import { describePublicApi } from '../../src/http/api.ts';
import { adminPermissions, type Permission } from '../../src/http/permissions.ts';
import { adminScopes } from '../../src/settings/admin-scope.ts';
import { forgeToken, validClaims } from '../auth/forge-token.ts';
import { apiKey } from '../auth/open-door.ts';
import { createAsk, routesOf } from './ask-app.ts';
import { below } from './needed-scope.ts';
import { openAdmin, operatorToken as token, watcherToken } from './open-admin.ts';
import { openGateway } from './open-gateway.ts';
import { refusal, strangers } from './strangers.ts';

/** Who may ask for what at the operators' port. It stands here once more, so that a route is opened by two hands and not by one. */
const neededScope: Record<string, Permission> = {
  ...below('/admin'),
  'GET /admin/health/ready': 'anyone',
  'GET /health': 'anyone',
  'GET /metrics': 'stats:read',
  'GET /openapi.json': 'health:read',
  'GET /status': 'stats:read',
};

describe('[A7] every route of the admin listener', () => {
  test('is closed to everybody but operators, users of the gateway included', async () => {
    const { api, door } = await openAdmin();
    const ask = createAsk(api);
    const { accessToken } = await door.signIn.redeemCode(door.signIn.newCode());
    const everybody = {
      ...(await strangers(door)),
      'a user’s key': { authorization: `Bearer ${apiKey}` },
      'a user’s token': { authorization: `Bearer ${accessToken}` },
      'the token as an API key': { 'x-api-key': token },
      'the token as a cookie': { cookie: `token=${token}` },
    };
    expect(routesOf(api).filter((route) => !route.endsWith('/anything'))).toEqual(
      Object.keys(neededScope).sort(),
    );
    expect(Object.fromEntries(Object.entries(adminPermissions).sort())).toEqual(neededScope);
    for (const [who, headers] of Object.entries(everybody)) {
      for (const route of [...routesOf(api), 'GET /', 'POST /status', 'GET /api/sessions']) {
        if (neededScope[route] === 'anyone') continue;
        const { status, body } = await ask(route, headers);
        expect(`${who}, ${route}: ${status}`).toBe(`${who}, ${route}: 401`);
        expect(body).toMatch(refusal);
      }
      expect((await ask('GET /health', headers)).body).toBe('{"status":"ok","isolation":"sandbox"}');
    }
  });

  test('needs a scope that a token may have, and every scope is needed by some route', () => {
    const needed = new Set(Object.values(neededScope).filter((permission) => permission !== 'anyone'));
    expect([...needed].sort()).toEqual([...adminScopes].sort());
  });

  test.each(Object.entries(neededScope))('[A7] %s is for %s', async (route, needed) => {
    const { ask } = await openAdmin();
    const asked = route.replace(':id', 'unknown');
    const { status } = await ask(asked, { body: route.startsWith('POST') ? {} : undefined });
    expect([401, 403, 405, 500]).not.toContain(status);
    const asWatcher = await ask(asked, {
      ...{ token: watcherToken, body: route.startsWith('POST') ? {} : undefined },
    });
    if (needed === 'anyone' || needed === 'session:read') expect(asWatcher.status).not.toBe(403);
    else expect(asWatcher.status).toBe(403);
  });

  test('answers operators', async () => {
    const { ask } = await openAdmin();
    expect(await ask('GET /status')).toMatchObject({
      status: 200,
      body: { version: '1.2.3', isolation: 'sandbox', uptime: 0, sessions: {}, connections: 6, workers: [] },
    });
    expect((await ask('GET /nothing')).status).toBe(404);
  });
});

describe('[A7] every route of operators at the gateway’s port', () => {
  const adminUsers: AdminUser[] = [
    { name: 'alice', scopes: ['admin:write'] },
    { name: 'carol', scopes: ['session:read'] },
    { name: 'key:tests', scopes: ['admin:write'] },
  ];
  const routes = Object.entries(below('/api/admin'));

  async function openForOperators(networks: readonly string[] = []) {
    const gateway = await openGateway({ adminUsers, networks });
    const { api, door } = gateway;
    const sign = async (claims: Record<string, unknown>) => ({
      authorization: `Bearer ${await forgeToken({
        key: door.key.privateKey,
        header: { kid: door.key.publicKey.kid },
        claims: { ...validClaims, ...claims },
      })}`,
    });
    return { ...gateway, sign, ask: createAsk(api, describePublicApi(api, 'X-API-Key')) };
  }

  test('is closed to strangers, users, keys, bots, watchers and the operators’ own credentials', async () => {
    const { ask, door, sign } = await openForOperators();
    const strange = {
      ...(await strangers(door)),
      'the token of the operators': { authorization: `Bearer ${token}` },
    };
    const wrong = {
      'a user': await sign({ sub: 'bob' }),
      'a user who calls himself an admin': await sign({ sub: 'bob', scope: 'driver admin:write' }),
      'a user of nearly that name': await sign({ sub: 'Alice' }),
      'one who may only watch': await sign({ sub: 'alice', scope: 'viewer' }),
      'a bot of hers': await sign({ sub: 'alice', bot_id: 'bot-1' }),
      'a key, though it is named': { 'x-api-key': apiKey },
    };
    for (const [route] of routes) {
      for (const [who, headers] of Object.entries(strange))
        expect(`${who}, ${route}: ${(await ask(route, headers)).status}`).toBe(`${who}, ${route}: 401`);
      for (const [who, headers] of Object.entries(wrong))
        expect(`${who}, ${route}: ${(await ask(route, headers)).status}`).toBe(`${who}, ${route}: 403`);
    }
  });

  test.each(routes)('%s is for users with %s', async (route, needed) => {
    const { ask, sign } = await openForOperators();
    const asAlice = (await ask(route, await sign({ sub: 'alice' }))).status;
    expect([401, 403, 405, 500]).not.toContain(asAlice);
    const asCarol = (await ask(route, await sign({ sub: 'carol' }))).status;
    if (needed === 'session:read') expect(asCarol).toBe(asAlice);
    else expect(asCarol).toBe(403);
  });

  test('is closed to those networks that the operators’ port is closed to', async () => {
    const { ask, sign } = await openForOperators(['192.168.0.0/16']);
    const { status, body } = await ask('GET /api/admin/stats', await sign({ sub: 'alice' }));
    expect({ status, body }).toMatchObject({
      status: 403,
      body: expect.stringContaining('allowed_networks'),
    });
    expect((await ask('GET /api/agents', await sign({ sub: 'alice' }))).status).toBe(200);
  });

  test('whoever asks too often has to wait', async () => {
    const { api, sign } = await openForOperators();
    const headers = { ...(await sign({ sub: 'alice' })), host: 'localhost:1' };
    const incoming = { headers, socket: { remoteAddress: '10.2.0.1' } };
    const ask = async () => (await api.request('/api/admin/pool', { headers }, { incoming })).status;
    const statuses = await Promise.all(Array.from({ length: 21 }, ask));
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
  });

  test('is found by its users: the gateway says what they may do', async () => {
    const { ask, sign } = await openForOperators();
    const scopesOf = async (claims: Record<string, unknown>) =>
      JSON.parse((await ask('GET /api/auth/identity', await sign(claims))).body);
    expect(await scopesOf({ sub: 'carol' })).toEqual({
      subject: 'carol',
      role: 'driver',
      scopes: ['session:read'],
    });
    expect(await scopesOf({ sub: 'bob', scope: 'viewer' })).toEqual({
      subject: 'bob',
      role: 'viewer',
      scopes: [],
    });
  });

  test('[L1] what an open page asks again and again is taken down once in a while, what is refused each time', async () => {
    const { ask, sign, door } = await openForOperators();
    const alice = async () =>
      sign({ sub: 'alice', iat: door.clock.now() / 1_000, exp: door.clock.now() / 1_000 + 60 });
    const taken = () =>
      door.store.auditAfter(0, 100).map(({ actor, action, decision }) => `${actor}: ${action}: ${decision}`);
    for (const route of ['GET /api/admin/sessions', 'GET /api/admin/sessions', 'GET /api/admin/health'])
      await ask(route, await alice());
    const read = 'alice: GET /api/admin/sessions: allow';
    expect(taken()).toEqual([read]);
    const carol = await sign({ sub: 'carol' });
    for (const _ of [1, 2]) await ask('GET /api/admin/logs', carol);
    const refused = 'carol: GET /api/admin/logs: deny';
    expect(taken()).toEqual([read, refused, refused]);
    door.clock.advance(10 * 60_000);
    await ask('GET /api/admin/sessions', await alice());
    expect(taken()).toEqual([read, refused, refused, read]);
    await ask('POST /api/admin/drain', await alice());
    await ask('POST /api/admin/drain', await alice());
    expect(taken().slice(4)).toEqual(Array(2).fill('alice: POST /api/admin/drain: allow'));
  });
});
