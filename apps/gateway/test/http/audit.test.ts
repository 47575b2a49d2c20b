import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { adminPermissions } from '../../src/http/permissions.ts';
import { apiKey } from '../auth/open-door.ts';
import { createPushReceiver } from '../hooks/push-receiver.ts';
import { openAdmin, watcherToken } from './open-admin.ts';
import { openGateway } from './open-gateway.ts';

/** Asks the API as it is mounted, and says what was taken down meanwhile. */
async function openAudited() {
  const { api, door, files, sessions, sharing, worker } = await openGateway({
    fetchFile: async () => ({
      url: new URL('https://x.example/a'),
      body: Readable.from([Buffer.from('words')]),
      [Symbol.dispose]() {},
    }),
    terminalConversations: { list: async () => [], read: async () => [] },
  });
  const alice = await door.authenticate({ kind: 'api_key', key: apiKey }, { address: '', origin: null });
  const ask = async (
    route: string,
    { headers = {}, body = {} }: { headers?: Record<string, string>; body?: object } = {},
  ) => {
    const [method = '', path = ''] = route.split(' ');
    const before = door.store.auditAfter(0, 1_000).length;
    const sent: Record<string, string> = {
      host: 'localhost:1',
      'content-type': 'application/json',
      ...headers,
    };
    const bytes = Buffer.from(JSON.stringify(body));
    const incoming = Object.assign(Readable.from([bytes]), {
      headers: { ...sent, 'content-length': String(bytes.length) },
      socket: { remoteAddress: '10.0.0.1' },
    });
    const init = {
      method,
      headers: sent,
      ...(method === 'GET' || method === 'DELETE' ? {} : { body: JSON.stringify(body) }),
    };
    const { status } = await api.request(path, init, { incoming });
    return { status, taken: door.store.auditAfter(before, 1_000) };
  };
  return { alice, api, ask, door, files, sessions, sharing, worker };
}

const key = { 'x-api-key': apiKey };

test('[L1] every route that changes something is taken down once, with who asked', async () => {
  const { alice, api, ask, sessions, sharing, door, files, worker } = await openAudited();
  const page = { origin: 'http://localhost:1' };
  const { refreshToken } = await door.signIn.redeemCode(door.signIn.newCode());
  const cookie = { ...page, cookie: `hotplex_refresh=${refreshToken}` };
  const open = (name: string) =>
    sessions.open({ identity: alice, workerType: 'scripted', key: name }).record.id;
  const asked: Record<string, () => ReturnType<typeof ask>> = {
    'POST /api/auth/sign-in': () => ask('POST /api/auth/sign-in', { body: { code: door.signIn.newCode() } }),
    'POST /api/auth/refresh': () => ask('POST /api/auth/refresh', { headers: cookie }),
    'POST /api/auth/sign-out': () => ask('POST /api/auth/sign-out', { headers: cookie }),
    'POST /api/auth/sign-out-everywhere': async () => {
      const { accessToken } = await door.signIn.redeemCode(door.signIn.newCode());
      return ask('POST /api/auth/sign-out-everywhere', {
        headers: { authorization: `Bearer ${accessToken}` },
      });
    },
    'POST /api/auth/ticket': () => ask('POST /api/auth/ticket', { headers: key }),
    'POST /api/agents/:type/conversations/:conversation/adopt': async () => {
      const { accessToken } = await door.signIn.redeemCode(door.signIn.newCode());
      return ask('POST /api/agents/scripted/conversations/n/adopt', {
        headers: { authorization: `Bearer ${accessToken}` },
        body: {},
      });
    },
    'POST /api/push/devices': async () => {
      const { accessToken } = await door.signIn.redeemCode(door.signIn.newCode());
      const { keys } = createPushReceiver();
      return ask('POST /api/push/devices', {
        headers: { authorization: `Bearer ${accessToken}` },
        body: { endpoint: 'https://push.example/a', keys, name: 'a browser' },
      });
    },
    'DELETE /api/push/devices/:device_id': () => ask('DELETE /api/push/devices/none', { headers: key }),
    'POST /api/sessions': () =>
      ask('POST /api/sessions', { headers: key, body: { worker_type: 'scripted' } }),
    'PATCH /api/sessions/:id': () =>
      ask(`PATCH /api/sessions/${open('a')}`, { headers: key, body: { title: 'x' } }),
    'POST /api/sessions/:id/changes/revert': () =>
      ask(`POST /api/sessions/${open('c')}/changes/revert`, {
        headers: key,
        body: { to: 'start', seen: null, force: true },
      }),
    'POST /api/sessions/:id/rewind': () => {
      const session = sessions.open({ identity: alice, workerType: 'scripted', key: 'g' });
      session.prompt({ inputId: 'i', content: 'go', author: 'alice' });
      const body = { turn_id: session.record.turn?.id, conversation: true };
      worker.say({ type: 'done', data: { success: true } });
      return ask(`POST /api/sessions/${session.record.id}/rewind`, { headers: key, body });
    },
    'POST /api/sessions/:id/fork': () => ask(`POST /api/sessions/${open('b')}/fork`, { headers: key }),
    'POST /api/sessions/:id/files': () => ask(`POST /api/sessions/${open('d')}/files`, { headers: key }),
    'POST /api/sessions/:id/files/fetch': () =>
      ask(`POST /api/sessions/${open('e')}/files/fetch`, {
        headers: key,
        body: { url: 'https://x.example/a' },
      }),
    'DELETE /api/sessions/:id/files/:file_id': async () => {
      const file = await files.receive(open('f'), { name: 'a', body: Readable.from([Buffer.from('words')]) });
      return ask(`DELETE /api/sessions/${open('f')}/files/${file.id}`, { headers: key });
    },
    'POST /api/sessions/:id/shares': () =>
      ask(`POST /api/sessions/${open('g')}/shares`, { headers: key, body: { lifetime: '1h' } }),
    'DELETE /api/sessions/:id/shares/:share_id': () => {
      const { link } = sharing.make(open('g'), { lifetimeMs: 1_000, leftOut: [] });
      return ask(`DELETE /api/sessions/${open('g')}/shares/${link.id}`, { headers: key });
    },
    'DELETE /api/sessions/:id': () => ask(`DELETE /api/sessions/${open('c')}`, { headers: key }),
  };
  const changing = api.routes
    .filter(({ method, path }) => !/^(GET|ALL)$/.test(method) && !path.endsWith('*'))
    // Those of operators are asked below, at their port.
    .filter(({ path }) => !path.startsWith('/api/admin/'))
    .map(({ method, path }) => `${method} ${path}`);
  expect(Object.keys(asked).sort()).toEqual([...new Set(changing)].sort());
  for (const [route, change] of Object.entries(asked)) {
    // Of a sign-in that was ended, what comes in the same millisecond is a part.
    door.clock.advance(1);
    const { status, taken } = await change();
    expect({ route, status: Math.floor(status / 100) }).toEqual({ route, status: 2 });
    const bySignIn =
      /\/push\/devices$|\/adopt$|\/auth\/(?!ticket)/.test(route) && !route.startsWith('DELETE');
    const actor = bySignIn ? 'local' : alice.subject;
    expect(taken).toMatchObject([{ actor, action: route, decision: 'allow' }]);
    expect(taken[0]?.sessionId ?? null).toEqual(/:id|\/adopt$/.test(route) ? expect.any(String) : null);
  }
});

test('[L1] what was refused is taken down as refused, what only reads is not', async () => {
  const { alice, ask } = await openAudited();
  expect((await ask('DELETE /api/sessions/unknown', { headers: key })).taken).toMatchObject([
    { actor: alice.subject, sessionId: 'unknown', decision: 'deny', reason: '404' },
  ]);
  expect((await ask('GET /api/sessions', { headers: key })).taken).toEqual([]);
});

test('[L1] who asks by HEAD is taken down as by GET', async () => {
  const { ask, store } = await openAdmin();
  expect((await ask('HEAD /admin/sessions/unknown')).status).toBe(404);
  expect((await ask('HEAD /admin/logs', { token: watcherToken })).status).toBe(403);
  expect(store.auditAfter(0, 10)).toMatchObject([
    { actor: 'operator', action: 'HEAD /admin/sessions/:id', sessionId: 'unknown', decision: 'deny' },
    { actor: 'operator:watcher', action: 'HEAD /admin/logs', decision: 'deny', reason: '403' },
  ]);
});

test('[L1] a credential that is refused is taken down once, without itself', async () => {
  const { ask } = await openAudited();
  for (const [route, more] of [
    ['DELETE /api/sessions/x', { headers: { 'x-api-key': 'wrong-key-0123456789' } }],
    ['POST /api/auth/sign-in', { body: { code: 'wrong-code-0123456789' } }],
  ] as const) {
    const { status, taken } = await ask(route, more);
    expect(status).toBe(401);
    expect(taken).toMatchObject([{ actor: 'address 10.0.0.1', action: 'authenticate', decision: 'deny' }]);
    expect(JSON.stringify(taken)).not.toContain('wrong');
  }
});

test.each(Object.keys(adminPermissions))(
  '[L1] %s of the operators is taken down once, if it does not just watch',
  async (route) => {
    const admin = await openAdmin();
    const alice = await admin.door.authenticate(
      { kind: 'api_key', key: apiKey },
      { address: '', origin: null },
    );
    const { id } = admin.sessions.open({ identity: alice, workerType: 'scripted', key: 'a' }).record;
    const { status } = await admin.ask(route.replace(':id', id), {
      body: route.startsWith('POST') ? {} : undefined,
    });
    expect(status).toBeLessThan(500);
    const taken = admin.store.auditAfter(0, 10).map(({ actor, action }) => `${actor}: ${action}`);
    // What looks after the machine asks for these all the time.
    const isWatching = /\/(health|metrics)(\/|$)/.test(route);
    expect(taken).toEqual(isWatching ? [] : [`operator: ${route}`]);
  },
);
