import { expect, test } from 'vitest';
import { apiKey } from '../auth/open-door.ts';
import { openGateway } from './open-gateway.ts';

type Share = { id: string; token: string; expires_at: string; last_used_at: string | null };
type Shared = {
  title: string;
  running: boolean;
  left_out: string[];
  events: { session_id: string; event: { type: string; data: { content?: string } } }[];
  next_after: number | null;
};
type Body = Share & Shared & { shares: Share[]; error: { code: string; details?: { reason: string } } };

const day = 86_400_000;

/** A session with one turn that is over, its owner, and anybody. */
async function openShared() {
  const { api, door, sessions, worker, sharing } = await openGateway();
  const alice = await door.authenticate({ kind: 'api_key', key: apiKey }, { address: '', origin: null });
  const session = sessions.open({ identity: alice, workerType: 'scripted', key: 'a' });
  session.prompt({ inputId: 'i', content: 'hello', author: alice.subject });
  worker.say(
    { type: 'message.start', data: { id: 'm', role: 'assistant', content_type: 'text' } },
    { type: 'message.delta', data: { message_id: 'm', content: 'good day' } },
    { type: 'message.end', data: { message_id: 'm' } },
    { type: 'done', data: { success: true } },
  );
  const { id } = session.record;
  const ask = async (route: string, sent: Record<string, string>, asked?: object) => {
    const [method = '', path = ''] = route.split(' ');
    const headers = { host: 'localhost:1', 'content-type': 'application/json', ...sent };
    const body = asked === undefined ? {} : { body: JSON.stringify(asked) };
    const env = { incoming: { headers, socket: { remoteAddress: '10.0.0.1' } } };
    const answer = await api.request(path, { method, headers, ...body }, env);
    const text = await answer.text();
    return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Body, text };
  };
  const asOwner = (route: string, asked?: object) =>
    ask(route.replace(' ', ` /api/sessions/${id}`), { 'x-api-key': apiKey }, asked);
  const asGuest = (token: string, query = '') =>
    ask(`GET /api/shared${query}`, { authorization: `Bearer ${token}` });
  const share = async (asked: object = { lifetime: '1d' }) => (await asOwner('POST /shares', asked)).body;
  return { alice, ask, asGuest, asOwner, door, id, session, sessions, share, sharing, worker };
}

test('whoever has a link reads the conversation, and nothing else of the gateway', async () => {
  const { ask, asGuest, id, share } = await openShared();
  const { token } = await share({ lifetime: '1d', left_out: [] });
  const { status, body, text } = await asGuest(token);
  expect({ status, next: body.next_after, running: body.running }).toEqual({
    ...{ status: 200, next: null, running: false },
  });
  expect(body.events.map(({ event }) => event.data.content).filter(Boolean)).toEqual(['hello', 'good day']);
  expect(text).not.toContain(id);
  expect(text).not.toContain('tests');
  for (const route of [
    `/api/sessions/${id}`,
    `/api/sessions/${id}/files`,
    '/api/sessions',
    '/api/search?q=a',
  ])
    expect((await ask(`GET ${route}`, { authorization: `Bearer ${token}` })).status, route).toBe(401);
});

test('all is left out that its owner did not say is to be shown', async () => {
  const { asGuest, share } = await openShared();
  expect((await asGuest((await share()).token)).body.left_out).toEqual(['tool_outputs', 'files', 'paths']);
});

test('links are listed with their end and last use, without their tokens', async () => {
  const { asGuest, asOwner, door, share } = await openShared();
  const { token, id } = await share({ lifetime: '1h' });
  expect((await asOwner('GET /shares')).body.shares).toMatchObject([{ id, last_used_at: null }]);
  await asGuest(token);
  const listed = await asOwner('GET /shares');
  const now = new Date(door.clock.now()).toISOString();
  expect(listed.body.shares).toMatchObject([{ id, last_used_at: now }]);
  expect(listed.text).not.toContain(token);
  door.clock.advance(3_600_000);
  expect((await asOwner('GET /shares')).body.shares).toEqual([]);
});

test('[L3] a link ends when it expires, is revoked or its session is deleted', async () => {
  const { asGuest, asOwner, door, share } = await openShared();
  const links = [
    await share({ lifetime: '1d' }),
    await share({ lifetime: '7d' }),
    await share({ lifetime: '7d' }),
  ];
  const [expired, revoked, deleted] = links.map(({ token }) => token) as [string, string, string];
  door.clock.advance(day);
  expect((await asOwner(`DELETE /shares/${links[1]?.id}`)).status).toBe(204);
  expect((await asOwner(`DELETE /shares/${links[1]?.id}`)).status).toBe(404);
  const refused = async (token: string) => {
    const { status, body } = await asGuest(token);
    return { status, code: body.error.code, reason: body.error.details?.reason };
  };
  const unauthorized = { status: 401, code: 'UNAUTHORIZED' };
  expect(await refused(expired)).toEqual({ ...unauthorized, reason: 'expired' });
  expect(await refused(revoked)).toEqual({ ...unauthorized, reason: 'revoked' });
  expect((await asGuest(deleted)).status).toBe(200);
  await asOwner('DELETE ');
  expect(await refused(deleted)).toEqual({ ...unauthorized, reason: undefined });
});

test('[A6] wrong links are slowed down like wrong tokens, and one good link is not read without end', async () => {
  const { asGuest, door, share } = await openShared();
  const { token } = await share();
  for (let page = 0; page < 60; page += 1) expect((await asGuest(token)).status).toBe(200);
  expect((await asGuest(token)).status).toBe(429);
  door.clock.advance(60_000);
  const wrong = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
  const statuses: number[] = [];
  for (let guess = 0; guess < 6; guess += 1) statuses.push((await asGuest(wrong)).status);
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  expect((await asGuest(token)).status).toBe(429);
});

test('the token is in the header and nowhere else, and no other credential passes for one', async () => {
  const { ask, share } = await openShared();
  const { token } = await share();
  const code = async (path: string, sent: Record<string, string>) =>
    (await ask(`GET ${path}`, sent)).body.error.code;
  expect(await code(`/api/shared?token=${token}`, {})).toBe('AUTH_REQUIRED');
  expect(await code('/api/shared', { cookie: `token=${token}` })).toBe('AUTH_REQUIRED');
  expect(await code('/api/shared', { 'x-api-key': apiKey })).toBe('AUTH_REQUIRED');
  expect(await code('/api/shared', { authorization: `Bearer ${apiKey}` })).toBe('UNAUTHORIZED');
});

test('only its digest is kept', async () => {
  const { door, id, share } = await openShared();
  const { token } = await share();
  const [kept] = door.store.shareLinks(id);
  expect(JSON.stringify(kept)).not.toContain(token.slice(-43));
  expect(kept?.digest).toMatch(/^[0-9a-f]{64}$/);
});

test('[L1] that a link was made, first opened and revoked is taken down', async () => {
  const { alice, asGuest, asOwner, door, id, share } = await openShared();
  const { token, id: shareId } = await share();
  for (let look = 0; look < 3; look += 1) await asGuest(token);
  await asOwner(`DELETE /shares/${shareId}`);
  const taken = door.store.auditAfter(0, 100).filter(({ action }) => action.includes('share'));
  expect(taken).toMatchObject([
    { actor: alice.subject, sessionId: id, action: 'POST /api/sessions/:id/shares', decision: 'allow' },
    { actor: 'address 10.0.0.1', sessionId: id, action: 'share opened', decision: 'allow' },
    { actor: alice.subject, sessionId: id, action: 'DELETE /api/sessions/:id/shares/:share_id' },
  ]);
  expect(JSON.stringify(taken)).not.toContain(token);
});

test('a turn that runs is told of, and shown when it is over', async () => {
  const { asGuest, session, share, worker } = await openShared();
  const { token } = await share();
  session.prompt({ inputId: 'j', content: 'more', author: 'me' });
  worker.say({ type: 'message', data: { id: 'n', role: 'assistant', content: 'not yet' } });
  const during = await asGuest(token);
  expect(during.body.running).toBe(true);
  expect(during.text).not.toContain('not yet');
  worker.say({ type: 'done', data: { success: true } });
  expect((await asGuest(token)).text).toContain('not yet');
});

test('a session has only so many links', async () => {
  const { asOwner, share } = await openShared();
  for (let count = 0; count < 20; count += 1) await share();
  expect((await asOwner('POST /shares', { lifetime: '1h' })).body.error.code).toBe('RATE_LIMITED');
});
