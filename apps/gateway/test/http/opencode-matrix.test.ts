import { expect, test } from 'vitest';
import { localRouter, type Router } from '../../src/cluster/router.ts';
import { ClientLimits } from '../../src/connection/client-limits.ts';
import { GatewayError } from '../../src/ground/gateway-error.ts';
import { createIds } from '../../src/ground/ids.ts';
import { noMetrics } from '../../src/ground/metrics.ts';
import { createOpenCodeApi } from '../../src/http/opencode/opencode-api.ts';
import { openCodePermissions } from '../../src/http/opencode/opencode-permissions.ts';
import { Audience } from '../../src/session/audience.ts';
import { toldSessions } from '../../src/session/told-sessions.ts';
import { forgeToken, validClaims } from '../auth/forge-token.ts';
import { openGateway } from './open-gateway.ts';

/** Who may ask a thing that belongs to somebody. It stands here once more, so that a route is opened by two hands. */
const neededRole = {
  'GET /opencode/event': 'viewer',
  'GET /opencode/global/event': 'viewer',
  'GET /opencode/permission': 'viewer',
  'GET /opencode/question': 'viewer',
  'GET /opencode/session': 'viewer',
  'GET /opencode/session/status': 'viewer',
  'GET /opencode/session/:id': 'viewer',
  'GET /opencode/session/:id/children': 'viewer',
  'GET /opencode/session/:id/diff': 'viewer',
  'GET /opencode/session/:id/message': 'viewer',
  'GET /opencode/session/:id/message/:message_id': 'viewer',
  'GET /opencode/session/:id/todo': 'viewer',
  'POST /opencode/permission/:request_id/reply': 'driver',
  'POST /opencode/question/:request_id/reject': 'driver',
  'POST /opencode/question/:request_id/reply': 'driver',
  'POST /opencode/session': 'driver',
  'PATCH /opencode/session/:id': 'driver',
  'DELETE /opencode/session/:id': 'driver',
  'POST /opencode/session/:id/abort': 'driver',
  'POST /opencode/session/:id/fork': 'driver',
  'POST /opencode/session/:id/message': 'driver',
  'POST /opencode/session/:id/permissions/:request_id': 'driver',
  'POST /opencode/session/:id/prompt_async': 'driver',
} as const;

/** Everything else is the same for everybody who has a credential. */
const sameForAll = Object.keys(openCodePermissions).filter((route) => !(route in neededRole));

async function openDoor({ router = localRouter }: { router?: Router } = {}) {
  const gateway = await openGateway();
  const { door, sessions, worker, workDir, stopping } = gateway;
  const { audit, authenticate, clock, logger } = door;
  let connections = 0;
  const user = { connections: 16, inputsPerMinute: 10 };
  const clientLimits = new ClientLimits(clock, { framesPerSecond: 1, framesBurst: 3, user, key: user });
  const connect = () => {
    connections += 1;
    return () => {
      connections -= 1;
    };
  };
  const api = createOpenCodeApi({
    ...{ audit, authenticate, clock, logger, sessions, metrics: noMetrics, ids: createIds() },
    ...{ apiKeyHeader: 'X-API-Key', stopping: stopping.signal, audience: new Audience() },
    told: toldSessions({ store: door.store, sessions }),
    ...{ router, isRevoked: () => false },
    ...{ definitions: [worker.definition], workerType: 'scripted', defaultWorkDir: workDir, version: '1' },
    limits: {
      connect,
      takeInput: () => undefined,
      takeFrame: (identity, what) => clientLimits.takeFrame(identity, what),
    },
  });
  const sign = (claims: Record<string, unknown>) =>
    forgeToken({
      key: door.key.privateKey,
      header: { kid: door.key.publicKey.kid },
      claims: { ...validClaims, ...claims },
    });
  const alice = await authenticate({ kind: 'bearer', token: await sign({}) }, { address: '', origin: null });
  const { id } = sessions.open({ identity: alice, workerType: 'scripted', key: 'a' }).record;
  const other = sessions.open({ identity: alice, workerType: 'scripted', key: 'b' }).record.id;
  let asked = 0;
  /** Each time from another address, so that one refusal is not the reason of the next. */
  const ask = async (route: string, authorization?: string) => {
    const [method = '', path = ''] = route.split(' ');
    const concrete = path
      .replace(':id', `ses_${id}`)
      .replace(':message_id', 'msg_1')
      .replace(':request_id', `${path.includes('question') ? 'que' : 'per'}_${id}_1`);
    const headers = { ...(authorization === undefined ? {} : { authorization }) };
    const incoming = { headers, socket: { remoteAddress: `10.0.1.${asked++}` } };
    const body = method === 'POST' || method === 'PATCH' ? { body: '{"title":"x"}' } : {};
    const answer = await api.request(concrete, { method, headers, ...body }, { incoming });
    await answer.body?.cancel();
    return answer.status;
  };
  return { api, ask, sign, id, other, door, clock, connections: () => connections };
}

test('[A5] every route of the door for OpenCode’s clients has its permission, and no other is there', async () => {
  const { api } = await openDoor();
  const routes = api.routes.filter(({ method }) => method !== 'ALL');
  const known = new Set(routes.map(({ method, path }) => `${method} ${path.replace(/\/$/, '')}`));
  expect([...known].sort()).toEqual(Object.keys(openCodePermissions).sort());
  expect(Object.fromEntries(sameForAll.map((route) => [route, openCodePermissions[route]]))).toEqual(
    Object.fromEntries(sameForAll.map((route) => [route, 'viewer'])),
  );
  for (const [route, role] of Object.entries(neededRole)) expect(openCodePermissions[route]).toBe(role);
});

test('[W3] [A5] nobody without a good credential is told anything', async () => {
  const { ask, sign } = await openDoor();
  const nobody = [
    undefined,
    'Basic Og==',
    `Basic ${Buffer.from('opencode:guess').toString('base64')}`,
    `Bearer ${await sign({ exp: validClaims.iat - 60, iat: validClaims.iat - 900 })}`,
  ];
  for (const credential of nobody)
    for (const route of Object.keys(openCodePermissions))
      expect(await ask(route, credential), `${credential} ${route}`).toBe(401);
});

test.each(Object.entries(neededRole))('[A4] %s is for a %s, and for nobody else’s', async (route, role) => {
  const { ask, sign } = await openDoor();
  const bearer = async (claims: Record<string, unknown>) => `Bearer ${await sign(claims)}`;
  expect(await ask(route, await bearer({ scope: 'openid profile' }))).toBe(403);
  const asViewer = await ask(route, await bearer({ scope: 'viewer' }));
  if (role === 'driver') expect(asViewer).toBe(403);
  else expect([200, 404]).toContain(asViewer);
  const isOfSomebody = /:id|:request_id/.test(route);
  expect(await ask(route, await bearer({ sub: 'bob' }))).toBe(isOfSomebody ? 404 : 200);
  expect([401, 403, 500]).not.toContain(await ask(route, await bearer({})));
});

test('[R4] whatever names a session, or a request of its agent, goes to the node that works for it', async () => {
  const placed: string[] = [];
  const router: Router = {
    async place(sessionId) {
      placed.push(sessionId);
      throw new GatewayError('RECONNECT_REQUIRED', 'it would go there');
    },
    connect: () => Promise.reject(new Error('nobody gets so far')),
  };
  const { ask, sign, id } = await openDoor({ router });
  const credential = `Bearer ${await sign({})}`;
  for (const route of Object.keys(openCodePermissions)) {
    const isOfOne = /:id|:request_id/.test(route);
    expect((await ask(route, credential)) === 503, route).toBe(isOfOne);
  }
  expect(new Set(placed)).toEqual(new Set([id]));
});

test('[L1] what changes something is taken down, with the session under our name for it', async () => {
  const { ask, sign, id, door } = await openDoor();
  const authorization = `Bearer ${await sign({})}`;
  await ask('PATCH /opencode/session/:id', authorization);
  await ask('GET /opencode/session/:id', authorization);
  expect(door.store.auditAfter(0, 10)).toMatchObject([
    { action: 'PATCH /opencode/session/:id', sessionId: id, decision: 'allow' },
  ]);
});

test('[B4] a stream is one of its user’s connections while somebody reads it, and HEAD begins none', async () => {
  const { api, ask, sign, connections } = await openDoor();
  const headers = { authorization: `Bearer ${await sign({})}` };
  const incoming = { headers, socket: { remoteAddress: '10.0.2.1' } };
  expect(await ask('HEAD /opencode/event', headers.authorization)).toBe(200);
  expect(connections()).toBe(0);
  const { body } = await api.request('/opencode/event', { headers }, { incoming });
  expect(connections()).toBe(1);
  await body?.cancel();
  expect(connections()).toBe(0);
});

test('[A4] [L1] a request is answered in its own session only, and taken down there', async () => {
  const { ask, sign, id, other, door } = await openDoor();
  const authorization = `Bearer ${await sign({})}`;
  const answer = (sessionId: string) =>
    ask(`POST /opencode/session/:id/permissions/per_${sessionId}_1`, authorization);
  // Nothing is asked in either: what is looked for in the wrong place is not even looked for.
  expect(await answer(id)).toBe(409);
  expect(await answer(other)).toBe(404);
  expect(door.store.auditAfter(0, 10)).toMatchObject([
    { sessionId: id, reason: '409' },
    { sessionId: id, reason: '404' },
  ]);
});

test('[B4] reads of whole logs have the measure of frames, together', async () => {
  const { ask, sign, clock } = await openDoor();
  const authorization = `Bearer ${await sign({})}`;
  const reads = ['message', 'todo', 'message/:message_id'].map((what) => `GET /opencode/session/:id/${what}`);
  const answers = [];
  for (const read of reads) answers.push(await ask(read, authorization));
  expect(answers).toEqual([200, 200, 404]);
  for (const read of reads) expect(await ask(read, authorization)).toBe(429);
  expect(await ask('GET /opencode/session/:id', authorization)).toBe(200);
  clock.advance(1_000);
  expect(await ask(reads[0] ?? '', authorization)).toBe(200);
});
