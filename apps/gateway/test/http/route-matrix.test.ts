import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { AdminUser } from '../../src/auth/admin-users.ts';
import { silentLogger } from '../../src/ground/logger.ts';
import { noMetrics } from '../../src/ground/metrics.ts';
import { describePublicApi } from '../../src/http/api.ts';
import { createJsonApp } from '../../src/http/json-app.ts';
import {
  adminPermissions,
  type Permission,
  permitted,
  publicPermissions,
} from '../../src/http/permissions.ts';
import { adminScopes } from '../../src/settings/admin-scope.ts';
import { forgeToken, validClaims } from '../auth/forge-token.ts';
import { apiKey, type openDoor } from '../auth/open-door.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { createAsk, routesOf } from './ask-app.ts';
import { openAdmin, operatorToken as token, watcherToken } from './open-admin.ts';
import { openGateway } from './open-gateway.ts';

/** Who may ask for what. It stands here once more, so that a route is opened by two hands and not by one. */
const neededRole: Record<string, Permission> = {
  'DELETE /api/sessions/:id': 'driver',
  'DELETE /api/sessions/:id/files/:file_id': 'driver',
  'DELETE /api/sessions/:id/shares/:share_id': 'driver',
  'GET /api/agents': 'viewer',
  'GET /api/auth/identity': 'viewer',
  'GET /api/auth/methods': 'anyone',
  'GET /api/auth/oidc/callback': 'anyone',
  'GET /api/auth/oidc/start': 'anyone',
  'GET /api/search': 'viewer',
  'GET /api/sessions': 'viewer',
  'GET /api/sessions/:id': 'viewer',
  'GET /api/sessions/:id/changes': 'viewer',
  'GET /api/sessions/:id/changes/content': 'viewer',
  'GET /api/sessions/:id/changes/diff': 'viewer',
  'GET /api/sessions/:id/events': 'viewer',
  'GET /api/sessions/:id/files': 'viewer',
  'GET /api/sessions/:id/files/:file_id': 'viewer',
  'GET /api/sessions/:id/paths': 'driver',
  'GET /api/sessions/:id/shares': 'viewer',
  'GET /api/sessions/:id/stream': 'viewer',
  'GET /api/shared': 'anyone',
  'GET /health': 'anyone',
  'GET /openapi.json': 'viewer',
  'PATCH /api/sessions/:id': 'driver',
  'POST /api/auth/refresh': 'anyone',
  'POST /api/auth/sign-in': 'anyone',
  'POST /api/auth/sign-out': 'anyone',
  'POST /api/auth/sign-out-everywhere': 'viewer',
  'POST /api/auth/ticket': 'viewer',
  'POST /api/sessions': 'driver',
  'POST /api/sessions/:id/changes/revert': 'driver',
  'POST /api/sessions/:id/files': 'driver',
  'POST /api/sessions/:id/files/fetch': 'driver',
  'POST /api/sessions/:id/fork': 'driver',
  'POST /api/sessions/:id/shares': 'driver',
};
/** The same of what operators may ask, below `/admin` of their port and below `/api/admin` of the gateway's. */
const neededScopeBelow: Record<string, Permission> = {
  'DELETE /sessions/:id': 'session:delete',
  'GET /audit': 'admin:read',
  'GET /audit/verify': 'admin:read',
  'GET /config': 'config:read',
  'GET /costs': 'stats:read',
  'GET /debug/sessions/:id': 'admin:read',
  'GET /health': 'health:read',
  'GET /health/ready': 'health:read',
  'GET /health/workers': 'health:read',
  'GET /logs': 'admin:read',
  'GET /metrics': 'stats:read',
  'GET /policy/decisions': 'admin:read',
  'GET /pool': 'stats:read',
  'GET /sessions': 'session:read',
  'GET /sessions/:id': 'session:read',
  'GET /sessions/:id/stats': 'session:read',
  'GET /stats': 'stats:read',
  'GET /status': 'stats:read',
  'POST /config/validate': 'config:read',
  'POST /drain': 'admin:write',
  'POST /sessions/:id/terminate': 'session:write',
};
const below = (prefix: string) =>
  Object.fromEntries(
    Object.entries(neededScopeBelow).map(([route, scope]) => [route.replace(' ', ` ${prefix}`), scope]),
  );
const neededScope: Record<string, Permission> = {
  ...below('/admin'),
  'GET /admin/health/ready': 'anyone',
  'GET /health': 'anyone',
  'GET /metrics': 'stats:read',
  'GET /openapi.json': 'health:read',
  'GET /status': 'stats:read',
};
/** What somebody without a credential may ask: whether we are there, and ways to get a credential. */
const open = Object.keys(neededRole).filter((route) => neededRole[route] === 'anyone');
const isForOperators = (route: string) => route.includes(' /api/admin/');
const secret = 'a title that only its owner may read';

type Described = { content?: Record<string, { schema: unknown }> };

/** Nobody, in all the ways one can be nobody. */
async function strangers(door: ReturnType<typeof openDoor>): Promise<Record<string, Record<string, string>>> {
  const { accessToken, refreshToken } = await door.signIn.redeemCode(door.signIn.newCode());
  const identity = await door.authenticate(
    { kind: 'bearer', token: accessToken },
    { address: '', origin: null },
  );
  const sign = (claims: Record<string, unknown>) =>
    forgeToken({ key: door.key.privateKey, header: { kid: door.key.publicKey.kid }, claims });
  const expired = await sign({ ...validClaims, iat: validClaims.iat - 900, exp: validClaims.iat - 31 });
  const revoked = await sign({ ...validClaims, jti: 'revoked' });
  door.store.revokeToken('revoked', validClaims.exp * 1_000);
  return {
    nobody: {},
    'an empty credential': { authorization: '' },
    'a wrong key': { 'x-api-key': `${apiKey}x` },
    'a wrong bearer': { authorization: `Bearer ${apiKey.slice(1)}` },
    'a key as a password': { authorization: `Basic ${Buffer.from(`:${apiKey}`).toString('base64')}` },
    'two credentials': { authorization: `Bearer ${apiKey}`, 'x-api-key': apiKey },
    'an expired token': { authorization: `Bearer ${expired}` },
    'a revoked token': { authorization: `Bearer ${revoked}` },
    'a refresh token': { authorization: `Bearer ${refreshToken}` },
    'a ticket': {
      authorization: `Bearer ${door.tickets.issue(identity, { origin: null, session: undefined })}`,
    },
    'a cookie': { cookie: `hotplex_refresh=${refreshToken}; token=${accessToken}` },
  };
}

/** No word about anything but the credential itself. */
const refusal =
  /^\{"error":\{"code":"(AUTH_REQUIRED|UNAUTHORIZED)","message":"[^"]+","retryable":(true|false)(,"details":\{"reason":"(expired|revoked)"\})?\}\}$/;

describe('[A5] [openhands-v1] every route, as the app itself knows it', () => {
  test('is one of these: a new one must be put here on purpose', async () => {
    const { api } = await openGateway();
    const known = routesOf(api).filter((route) => !route.endsWith('/anything'));
    const all = { ...neededRole, ...below('/api/admin') };
    expect(known).toEqual(Object.keys(all).sort());
    expect(publicPermissions).toEqual(all);
  });

  test('[A5] a route without a permission is closed to everybody', async () => {
    const api = createJsonApp({ logger: silentLogger, metrics: noMetrics, clock: createManualClock(0) });
    api.use(async (c, next) => {
      c.set('identity', {
        ...{ subject: 'alice', botId: null, role: 'driver', method: 'api_key' },
        ...{ expiresAt: null, tokenId: null, signedInAt: null },
      });
      await next();
    });
    api.use(permitted({ 'GET /known': 'viewer' }));
    for (const path of ['/known', '/forgotten']) api.get(path, (c) => c.text('let in'));
    expect((await api.request('/known')).status).toBe(200);
    expect((await api.request('/known', { method: 'HEAD' })).status).toBe(200);
    expect((await api.request('/forgotten')).status).toBe(403);
  });

  test.each(Object.entries(neededRole))('[A4] %s is for a %s', async (route, needed) => {
    const { api, door, files, sessions, sharing } = await openGateway({
      fetchFile: async () => ({
        url: new URL('https://x.example/a'),
        body: Readable.from([Buffer.from('words')]),
        [Symbol.dispose]() {},
      }),
    });
    const ask = createAsk(api, describePublicApi(api, 'X-API-Key'));
    const claimsOf = async (claims: Record<string, unknown>) => {
      const key = { key: door.key.privateKey, header: { kid: door.key.publicKey.kid } };
      // Younger than the one before, which may have signed its user out everywhere.
      door.clock.advance(1_000);
      const iat = door.clock.now() / 1_000;
      return forgeToken({ ...key, claims: { ...validClaims, iat, ...claims } });
    };
    const alice = await door.authenticate(
      { kind: 'bearer', token: await claimsOf({}) },
      { address: '', origin: null },
    );
    const { id } = sessions.open({ identity: alice, workerType: 'scripted', key: 'a' }).record;
    const file = await files.receive(id, { name: 'a', body: Readable.from([Buffer.from('words')]) });
    const { link } = sharing.make(id, { lifetimeMs: 86_400_000, leftOut: [] });
    const asked = route.replace(':file_id', file.id).replace(':share_id', link.id);
    const statusFor = async (claims: Record<string, unknown>) => {
      const authorization = `Bearer ${await claimsOf(claims)}`;
      return (await ask(asked, { authorization, origin: 'http://localhost:1' }, id)).status;
    };
    // Without a cookie there is nothing to refresh.
    const refusals = needed === 'anyone' ? [403, 404, 500] : [401, 403, 404, 500];
    for (const scope of ['openid profile', 'admin', 'drivers', ''])
      expect(await statusFor({ scope }), `scope "${scope}"`).toSatisfy(
        (status) => status === 403 || needed === 'anyone',
      );
    const asViewer = await statusFor({ scope: 'viewer' });
    if (needed === 'driver') expect(asViewer).toBe(403);
    else expect(refusals).not.toContain(asViewer);
    const asForeigner = await statusFor({ sub: 'bob' });
    if (route.includes(':id')) expect(asForeigner).toBe(404);
    else expect(refusals).not.toContain(asForeigner);
    expect(refusals).not.toContain(await statusFor({ scope: 'profile driver' }));
  });

  test('says in the description of the API what its JSON looks like', async () => {
    const { api } = await openGateway();
    const { paths = {} } = describePublicApi(api, 'x-api-key');
    const shapeless = Object.entries(paths).flatMap(([path, operations]) =>
      Object.values(operations).flatMap(({ responses = {} }: { responses?: Record<string, Described> }) =>
        Object.entries(responses)
          .filter(([, { content }]) => JSON.stringify(content?.['application/json']?.schema) === '{}')
          .map(([status]) => `${path} ${status}`),
      ),
    );
    expect(shapeless).toEqual([]);
  });

  test('[W3] tells nobody anything but /health', async () => {
    const { api, door } = await openGateway();
    const ask = createAsk(api);
    const routes = [...routesOf(api), 'GET /', 'GET /api', 'GET /api/nothing', 'OPTIONS /api/sessions'];
    for (const [who, headers] of Object.entries(await strangers(door))) {
      for (const route of routes.filter((name) => !open.includes(name))) {
        const { status, body, header } = await ask(route, headers);
        expect(`${who}, ${route}: ${status}`).toBe(`${who}, ${route}: 401`);
        expect(body).toMatch(refusal);
        expect(header.get('cache-control')).toBe('no-store');
      }
      expect((await ask('GET /health', headers)).body).toBe('{"status":"ok"}');
    }
  });

  test('[W3] no other method and no other spelling is a way around', async () => {
    const { api } = await openGateway();
    const ask = createAsk(api);
    const paths = new Set(routesOf(api).map((route) => route.split(' ')[1] ?? ''));
    for (const path of [...paths].filter((name) => !open.some((route) => route.endsWith(` ${name}`)))) {
      for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'])
        expect((await ask(`${method} ${path}`)).status, `${method} ${path}`).toBe(401);
      for (const odd of [
        `${path}/`,
        path.replace('/api', '/api/'),
        path.replace('api', '%61pi'),
        path.toUpperCase(),
      ])
        expect([401, 404], odd).toContain((await ask(`GET ${odd}`)).status);
      for (const trick of [
        `/api/auth/sign-in/..${path}`,
        `/health/..${path}`,
        `/health?${path}`,
        `/health;${path}`,
      ])
        expect((await ask(`GET ${trick}`)).body, trick).not.toContain('sessions"');
    }
  });

  test('[A5] the ways to a credential tell nothing to those who have none', async () => {
    const { api } = await openGateway();
    const ask = createAsk(api);
    const page = { origin: 'http://localhost:1' };
    expect((await ask('POST /api/auth/sign-in')).status).toBe(400);
    expect((await ask('POST /api/auth/refresh')).status).toBe(403);
    expect((await ask('POST /api/auth/refresh', page)).body).toMatch(refusal);
    expect((await ask('POST /api/auth/refresh', { ...page, cookie: 'hotplex_refresh=x' })).body).toMatch(
      refusal,
    );
    expect((await ask('POST /api/auth/sign-out')).status).toBe(403);
    expect(await ask('POST /api/auth/sign-out', page)).toMatchObject({ status: 204, body: '' });
  });

  test('[P15] [A4] to another user a session is one that does not exist', async () => {
    const { api, door, sessions } = await openGateway();
    const alice = await door.authenticate({ kind: 'api_key', key: apiKey }, { address: '', origin: null });
    const { id } = sessions.open({
      identity: { ...alice, botId: 'bot-1' },
      workerType: 'scripted',
      key: 'a',
    }).record;
    sessions.find(id, alice)?.rename(secret);
    const sign = async (claims: Record<string, unknown>) => ({
      authorization: `Bearer ${await forgeToken({
        key: door.key.privateKey,
        header: { kid: door.key.publicKey.kid },
        claims: { ...validClaims, ...claims },
      })}`,
    });
    const ask = createAsk(api);
    const foreigners = [
      await sign({ sub: 'bob' }),
      await sign({ sub: 'bob', scope: 'driver admin *' }),
      await sign({ sub: 'KEY:tests' }),
      await sign({ sub: 'tests' }),
    ];
    for (const headers of foreigners) {
      for (const route of routesOf(api).filter((name) => name.includes(':id') && !isForOperators(name))) {
        const foreign = await ask(route, headers, id);
        const missing = await ask(route, headers, 'unknown');
        expect({ status: foreign.status, body: foreign.body }, route).toEqual({
          status: 404,
          body: missing.body,
        });
      }
      for (const route of routesOf(api).filter((name) => !/:id|everywhere$/.test(name))) {
        const { body } = await ask(route, headers);
        expect(body, route).not.toContain(id);
        expect(body, route).not.toContain(secret);
      }
    }
    const own = await ask('GET /api/sessions/:id', { 'x-api-key': apiKey }, id);
    expect(own).toMatchObject({ status: 200, body: expect.stringContaining(secret) });
  });
});

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
