import { duplexPair } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { Router } from '../../src/cluster/router.ts';
import { GatewayError } from '../../src/ground/gateway-error.ts';
import { adminPermissions, publicPermissions } from '../../src/http/permissions.ts';
import { forgeToken, validClaims } from '../auth/forge-token.ts';
import { apiKey } from '../auth/open-door.ts';
import { createAsk } from './ask-app.ts';
import { openAdmin, operatorToken } from './open-admin.ts';
import { openGateway } from './open-gateway.ts';
import { readStream } from './read-stream.ts';

/** Which requests go to the node that works for their session. It stands here once more, so that none is left out unseen. */
const forwardedRoutes = [
  'DELETE /api/admin/sessions/:id',
  'DELETE /api/sessions/:id',
  'DELETE /api/sessions/:id/files/:file_id',
  'DELETE /api/sessions/:id/shares/:share_id',
  'GET /api/admin/debug/sessions/:id',
  'GET /api/admin/sessions/:id',
  'GET /api/admin/sessions/:id/stats',
  'GET /api/sessions/:id',
  'GET /api/sessions/:id/changes',
  'GET /api/sessions/:id/changes/content',
  'GET /api/sessions/:id/changes/diff',
  'GET /api/sessions/:id/events',
  'GET /api/sessions/:id/files',
  'GET /api/sessions/:id/files/:file_id',
  'GET /api/sessions/:id/paths',
  'GET /api/sessions/:id/paths/bytes',
  'GET /api/sessions/:id/paths/content',
  'GET /api/sessions/:id/rewind',
  'GET /api/sessions/:id/shares',
  'GET /api/sessions/:id/stream',
  'PATCH /api/sessions/:id',
  'POST /api/admin/sessions/:id/terminate',
  'POST /api/sessions/:id/changes/revert',
  'POST /api/sessions/:id/files',
  'POST /api/sessions/:id/files/fetch',
  'POST /api/sessions/:id/fork',
  'POST /api/sessions/:id/rewind',
  'POST /api/sessions/:id/shares',
];

/** Says of each session that it is elsewhere, and lets nobody go there. */
function refusingRouter() {
  const asked: string[] = [];
  const router: Router = {
    async place(id) {
      asked.push(id);
      throw new GatewayError('RECONNECT_REQUIRED', 'it would go there');
    },
    connect: () => Promise.reject(new Error('nobody gets so far')),
  };
  return { asked, router };
}

describe('every route of a node', () => {
  test('[R4] goes to the node of the session that stands in its path, and no other does', async () => {
    const { asked, router } = refusingRouter();
    const { api } = await openGateway({ router });
    const ask = createAsk(api);
    const forwarded: string[] = [];
    for (const route of Object.keys(publicPermissions)) {
      const { body } = await ask(route, { 'x-api-key': apiKey }, 'a%20session');
      if (body.includes('it would go there')) forwarded.push(route);
    }
    expect(forwarded.sort()).toEqual(forwardedRoutes);
    expect(new Set(asked)).toEqual(new Set(['a session']));
  });

  test('[A7] at the operators’ port, too', async () => {
    const { asked, router } = refusingRouter();
    const { ask } = await openAdmin({ router });
    const named = Object.keys(adminPermissions).filter((route) => route.includes(':id'));
    for (const route of named) expect((await ask(route.replace(':id', 'one'))).status, route).toBe(503);
    expect(named).toHaveLength(5);
    expect(asked).toHaveLength(5);
    for (const route of ['GET /admin/sessions', 'GET /status']) expect((await ask(route)).status).toBe(200);
  });
});

test('[A7] what an operator asks at his own port other nodes are asked as at that of users', async () => {
  const heard: string[] = [];
  const router: Router = {
    place: async () => ({ life: 'another' }),
    async connect() {
      const [near, far] = duplexPair();
      far.once('data', (chunk) => {
        heard.push(String(chunk));
        far.end('HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n');
      });
      return near;
    },
  };
  const { ask } = await openAdmin({ router });
  expect((await ask('POST /admin/sessions/one/terminate')).status).toBe(204);
  const [request = ''] = heard;
  expect(request).toMatch(/^POST \/api\/admin\/sessions\/one\/terminate HTTP/);
  expect(request).not.toContain('authorization');
  expect(request).not.toContain(operatorToken);
});

describe('a request that another node led here', () => {
  const led = async () => {
    const gateway = await openGateway();
    const { door, sessions } = gateway;
    const token = await forgeToken({
      ...{ key: door.key.privateKey, header: { kid: door.key.publicKey.kid } },
      claims: { ...validClaims, jti: 'led' },
    });
    const identity = await door.authenticate({ kind: 'bearer', token }, { address: '', origin: null });
    const { id } = sessions.open({ identity, workerType: 'scripted', key: 'a' }).record;
    const caller = { identity, address: '10.0.0.1', origin: null, sessionId: id, secret: null };
    const incoming = { headers: {}, socket: {} };
    const get = (path: string, by: object | undefined) =>
      gateway.api.request(path, {}, { incoming, caller: by });
    return { ...gateway, id, caller, get };
  };

  test('[A5] is that of its caller, without a credential; one without a name has none', async () => {
    const { id, caller, get } = await led();
    expect((await get(`/api/sessions/${id}`, caller)).status).toBe(200);
    expect((await get(`/api/sessions/${id}`, { ...caller, identity: null })).status).toBe(401);
    expect((await get(`/api/sessions/${id}`, undefined)).status).toBe(401);
  });

  test('[J8] ends as a stream when the credential that it came in with is revoked', async () => {
    const { id, caller, door, get } = await led();
    const { body } = await get(`/api/sessions/${id}/stream`, caller);
    const stream = readStream(body as ReadableStream<Uint8Array>);
    await stream.next();
    door.clock.advance(15_000);
    expect(await stream.next()).toMatchObject([{ comment: 'still here' }]);
    door.store.revokeToken('led', 1e15);
    door.clock.advance(15_000);
    expect(await stream.next()).toBeUndefined();
  });
});
