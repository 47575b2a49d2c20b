import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { silentLogger } from '../../src/ground/logger.ts';
import { noMetrics } from '../../src/ground/metrics.ts';
import { describePublicApi } from '../../src/http/api.ts';
import { createJsonApp } from '../../src/http/json-app.ts';
import { type Permission, permitted, publicPermissions } from '../../src/http/permissions.ts';
import { forgeToken, validClaims } from '../auth/forge-token.ts';
import { apiKey } from '../auth/open-door.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { createAsk, routesOf } from './ask-app.ts';
import { below } from './needed-scope.ts';
import { openGateway } from './open-gateway.ts';
import { refusal, strangers } from './strangers.ts';

/** Who may ask for what. It stands here once more, so that a route is opened by two hands and not by one. */
const neededRole: Record<string, Permission> = {
  'DELETE /api/push/devices/:device_id': 'viewer',
  'DELETE /api/sessions/:id': 'driver',
  'DELETE /api/sessions/:id/files/:file_id': 'driver',
  'DELETE /api/sessions/:id/shares/:share_id': 'driver',
  'GET /api/agents': 'viewer',
  'GET /api/agents/:type/conversations': 'driver',
  'GET /api/auth/identity': 'viewer',
  'GET /api/auth/methods': 'anyone',
  'GET /api/auth/oidc/callback': 'anyone',
  'GET /api/auth/oidc/start': 'anyone',
  'GET /api/folders': 'driver',
  'GET /api/push/devices': 'viewer',
  'GET /api/push/key': 'viewer',
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
  'GET /api/sessions/:id/paths/bytes': 'driver',
  'GET /api/sessions/:id/paths/content': 'driver',
  'GET /api/sessions/:id/rewind': 'driver',
  'GET /api/sessions/:id/shares': 'viewer',
  'GET /api/sessions/:id/stream': 'viewer',
  'GET /api/shared': 'anyone',
  'GET /health': 'anyone',
  'GET /health/ready': 'anyone',
  'GET /openapi.json': 'viewer',
  'PATCH /api/sessions/:id': 'driver',
  'POST /api/agents/:type/conversations/:conversation/adopt': 'driver',
  'POST /api/auth/refresh': 'anyone',
  'POST /api/auth/sign-in': 'anyone',
  'POST /api/auth/sign-out': 'anyone',
  'POST /api/auth/sign-out-everywhere': 'viewer',
  'POST /api/auth/ticket': 'viewer',
  'POST /api/push/devices': 'viewer',
  'POST /api/sessions': 'driver',
  'POST /api/sessions/:id/changes/revert': 'driver',
  'POST /api/sessions/:id/files': 'driver',
  'POST /api/sessions/:id/files/fetch': 'driver',
  'POST /api/sessions/:id/fork': 'driver',
  'POST /api/sessions/:id/rewind': 'driver',
  'POST /api/sessions/:id/shares': 'driver',
};
/** What somebody without a credential may ask: whether we are there, and ways to get a credential. */
const open = Object.keys(neededRole).filter((route) => neededRole[route] === 'anyone');
const isForOperators = (route: string) => route.includes(' /api/admin/');
const secret = 'a title that only its owner may read';

type Described = { content?: Record<string, { schema: unknown }> };

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
