import { randomBytes, randomUUID } from 'node:crypto';
import { request as nodeRequest } from 'node:http';
import { AepClient, type AepError, FilesApi, SessionsApi } from '@hotplex/client-sdk';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTokenService } from '../../../../tests/support/token-service.ts';
import { readStream } from '../http/read-stream.ts';
import { apiKey, openTwoNodes, type TwoNodes } from './two-nodes.ts';

const service = openTokenService();
let nodes: TwoNodes;
beforeAll(async () => {
  nodes = await openTwoNodes({
    settings: {
      security: {
        jwt_jwks_file: service.env.HOTPLEX_SECURITY_JWT_JWKS_FILE,
        jwt_issuer: service.env.HOTPLEX_SECURITY_JWT_ISSUER,
      },
      uploads: { media_types: ['application/octet-stream'] },
      admin: { enabled: false, users: ['olga'] },
      doors: { opencode: { enabled: true, worker_type: 'demo' } },
    },
  });
});
beforeEach(() => Object.assign(nodes.where, { first: [], denials: 0 }));
afterAll(async () => {
  await nodes[Symbol.asyncDispose]();
  service[Symbol.dispose]();
});

const here = () => new SessionsApi({ url: nodes.url, auth: apiKey });
const there = () => new SessionsApi({ url: nodes.owner.url, auth: apiKey });
const open = () => there().create({ workerType: 'demo', clientKey: randomUUID() });
const withKey = { 'x-api-key': apiKey };
/** Asks the first node. */
const ask = (path: string, { headers, ...init }: RequestInit = {}) =>
  fetch(`${nodes.url}${path}`, { ...init, headers: { ...withKey, ...headers } });
const failed = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error as AepError,
  );

describe('a request at a node that does not work for its session', () => {
  test('[R4] is answered as by the node that does', async () => {
    const { id } = await open();
    const opened = nodes.opened;
    expect(await here().get(id)).toEqual(await there().get(id));
    await here().rename(id, 'a title');
    expect(await there().get(id)).toMatchObject({ title: 'a title' });
    expect((await here().events(id)).events).toEqual((await there().events(id)).events);
    await here().remove(id);
    expect(await failed(there().get(id))).toMatchObject({ code: 'SESSION_NOT_FOUND' });
    expect(await failed(here().get(id))).toMatchObject({ code: 'SESSION_NOT_FOUND' });
    expect(nodes.opened).toBe(opened + 5);
  });

  test('[H6] a new session is made here, unless the key means one that is there', async () => {
    const clientKey = randomUUID();
    const known = await there().create({ workerType: 'demo', clientKey });
    expect(await here().create({ workerType: 'demo', clientKey })).toMatchObject({ id: known.id });
    const opened = nodes.opened;
    const { id } = await here().create({ workerType: 'demo' });
    expect(nodes.opened).toBe(opened);
    expect(await failed(there().get(id))).toMatchObject({ code: 'SESSION_NOT_FOUND' });
  });

  test('[F4] takes a file of 20 MB there and back, byte by byte', async () => {
    const { id } = await open();
    const content = randomBytes(20 * 1024 * 1024);
    const files = new FilesApi({ url: nodes.url, auth: apiKey });
    const { id: fileId, size } = await files.upload(id, new Blob([content]), { name: 'large' });
    expect(size).toBe(content.length);
    const path = `/api/sessions/${id}/files/${fileId}`;
    const whole = await ask(path);
    expect(Buffer.from(await whole.arrayBuffer()).equals(content)).toBe(true);
    expect(whole.headers.get('content-disposition')).toContain('large');
    const part = await ask(path, { headers: { range: 'bytes=1000-1999' } });
    expect(part.status).toBe(206);
    expect(Buffer.from(await part.arrayBuffer()).equals(content.subarray(1_000, 2_000))).toBe(true);
  });

  test('[F4] of an upload that is given up in the middle nothing stays', async () => {
    const { id } = await open();
    const given = nodeRequest(`${nodes.url}/api/sessions/${id}/files?name=half`, {
      ...{ method: 'POST', headers: { ...withKey, 'content-length': '1000000' } },
    });
    const over = new Promise((resolve) => given.once('error', resolve));
    given.write(randomBytes(300_000), () => given.destroy());
    await over;
    const files = new FilesApi({ url: nodes.owner.url, auth: apiKey });
    await expect.poll(async () => (await files.list(id)).files).toEqual([]);
    await expect.poll(() => nodes.streams).toBe(0);
  });

  test('[R4] a stream of events is heard as it comes, goes on where it was, and ends with its reader', async () => {
    const { id } = await open();
    using client = new AepClient({ url: nodes.owner.url, auth: apiKey, workerType: 'demo', sessionId: id });
    await client.connect();
    const gone = new AbortController();
    const first = await ask(`/api/sessions/${id}/stream`, { signal: gone.signal });
    expect(first.headers.get('content-type')).toBe('text/event-stream');
    const stream = readStream(first.body as ReadableStream<Uint8Array>);
    const turn = client.prompt('wait');
    const heard = await stream.until((received) => 'type' in received && received.type === 'message.delta');
    const last = heard.at(-1);
    gone.abort();
    await expect.poll(() => nodes.streams).toBe(0);
    client.interrupt().catch(() => {});
    await turn.done.catch(() => {});
    const headers = { 'last-event-id': last && 'id' in last ? last.id : '' };
    const again = readStream(
      (await ask(`/api/sessions/${id}/stream`, { headers })).body as ReadableStream<Uint8Array>,
    );
    const rest = await again.until((received) => 'type' in received && received.type === 'done');
    expect(rest.flatMap((each) => ('seq' in each ? [each.seq] : []))[0]).toBe(
      last && 'seq' in last ? last.seq + 1 : 0,
    );
    await again.cancel();
  });

  test('[A4] [A5] has the rights of who sent it, and no others', async () => {
    const { id } = await open();
    const as = (sub: string, claims = {}) => ({ authorization: `Bearer ${service.tokenOf(sub, claims)}` });
    const path = `${nodes.url}/api/sessions/${id}`;
    expect((await fetch(path)).status).toBe(401);
    expect((await fetch(path, { headers: as('mallory') })).status).toBe(404);
    const own = await new SessionsApi({ url: nodes.owner.url, auth: service.tokenOf('vera') }).create({
      ...{ workerType: 'demo', clientKey: randomUUID() },
    });
    const watching = { headers: as('vera', { scope: 'viewer' }) };
    expect((await fetch(`${nodes.url}/api/sessions/${own.id}`, watching)).status).toBe(200);
    expect(
      (await fetch(`${nodes.url}/api/sessions/${own.id}`, { ...watching, method: 'DELETE' })).status,
    ).toBe(403);
  });

  test('[L1] is taken down once, there, with who sent it; so is what an operator does', async () => {
    const { id } = await open();
    await here().rename(id, 'taken down');
    const operator = { authorization: `Bearer ${service.tokenOf('olga')}` };
    const path = `/api/admin/sessions/${id}/terminate`;
    expect((await fetch(`${nodes.url}${path}`, { method: 'POST', headers: operator })).status).toBe(204);
    const entriesAt = async (url: string) => {
      const answer = await fetch(`${url}/api/admin/audit?session=${id}`, { headers: operator });
      const { records } = (await answer.json()) as { records: { action: string; actor: string }[] };
      return records.map(({ action, actor }) => `${actor} ${action}`);
    };
    const entries = await entriesAt(nodes.owner.url);
    expect(entries.filter((entry) => entry === 'key:tests PATCH /api/sessions/:id')).toHaveLength(1);
    expect(entries.filter((entry) => entry.startsWith('olga POST'))).toHaveLength(1);
    expect(await entriesAt(nodes.url)).toEqual([]);
  });

  test('[C4] follows a session that moved, once, and its body with it', async () => {
    const { id } = await open();
    nodes.where.denials = 1;
    expect(await here().rename(id, 'moved')).toMatchObject({ title: 'moved' });
    nodes.where.denials = 2;
    expect(await failed(here().rename(id, 'moved again'))).toMatchObject({ code: 'RECONNECT_REQUIRED' });
    nodes.where.first = [{ life: 'over' }];
    expect(await failed(here().get(id))).toMatchObject({ code: 'RECONNECT_REQUIRED', retryable: true });
    expect(await here().get(id)).toMatchObject({ title: 'moved' });
  });

  test('by OpenCode’s clients finds its session, too', async () => {
    const { id } = await open();
    const answer = await ask(`/opencode/session/ses_${id}/message`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ parts: [{ type: 'text', text: 'flood 3' }] }),
    });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('0 1 2');
    expect((await there().events(id)).events.length).toBeGreaterThan(3);
  });
});
