import { expect, test } from 'vitest';
import { apiKey } from '../auth/open-door.ts';
import { openGateway } from './open-gateway.ts';

type Body = {
  sessions: { id: string }[];
  events: { seq: number }[];
  hits: { session_id: string; kind: string; seq: number; snippet: string; highlights: number[][] }[];
  next_cursor: string | null;
  error: { code: string; message: string };
};

async function openHistory() {
  const { api, door, sessions } = await openGateway();
  const identity = await door.authenticate({ kind: 'api_key', key: apiKey }, { address: '', origin: null });
  const incoming = { headers: { 'x-api-key': apiKey }, socket: { remoteAddress: '127.0.0.1' } };
  const get = async (path: string) => {
    const answer = await api.request(path, {}, { incoming });
    return { status: answer.status, body: (await answer.json()) as Body };
  };
  const patch = async (path: string, change: object) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await api.request(
      path,
      { method: 'PATCH', headers, body: JSON.stringify(change) },
      { incoming: { ...incoming, headers: { ...incoming.headers, ...headers } } },
    );
    return (await answer.json()) as object;
  };
  const open = (key: string, botId: string | null = null) =>
    sessions.open({ identity: { ...identity, botId }, workerType: 'scripted', key });
  return { get, open, patch };
}

test('[R4] the log is read backwards, page by page, and both ways at once is refused', async () => {
  const { get, open } = await openHistory();
  const session = open('a');
  for (let index = 1; index <= 9; index += 1) session.rename(`title ${index}`);
  const path = `/api/sessions/${session.record.id}/events`;
  const seqs: number[][] = [];
  for (let before = 10; before > 1; before = seqs.at(-1)?.[0] ?? 1) {
    const { body } = await get(`${path}?before=${before}&limit=4`);
    seqs.push(body.events.map(({ seq }) => seq));
  }
  expect(seqs).toEqual([[6, 7, 8, 9], [2, 3, 4, 5], [1]]);
  expect(await get(`${path}?before=4&after=1`)).toMatchObject({
    status: 400,
    body: { error: { code: 'INVALID_MESSAGE', message: expect.stringContaining('either after or before') } },
  });
});

test('the list of sessions has each of them once', async () => {
  const { get, open } = await openHistory();
  const own = [open('a'), open('b'), open('c')].map(({ record }) => record.id);
  const ids: string[] = [];
  for (let cursor = ''; ; ) {
    const { body } = await get(`/api/sessions?limit=1${cursor}`);
    ids.push(...body.sessions.map(({ id }) => id));
    if (body.next_cursor === null) break;
    cursor = `&cursor=${body.next_cursor}`;
  }
  expect(ids.toSorted()).toEqual(own.toSorted());
});

test('a session that was put away is in the other list, on every device, and is found as what it is', async () => {
  const { get, open, patch } = await openHistory();
  const session = open('a');
  const { id } = session.record;
  open('b');
  session.prompt({ inputId: '1', content: 'the needle', author: 'me' });
  expect(await patch(`/api/sessions/${id}`, { archived: true })).toMatchObject({ id, archived: true });
  const ids = async (query = '') =>
    (await get(`/api/sessions${query}`)).body.sessions.map((listed) => listed.id);
  expect(await ids('?archived=true')).toEqual([id]);
  expect(await ids()).not.toContain(id);
  expect((await get('/api/search?q=needle')).body.hits).toMatchObject([
    { session_id: id, archived: true },
    {},
  ]);
  expect(await patch(`/api/sessions/${id}`, {})).toMatchObject({ error: { code: 'INVALID_MESSAGE' } });
  expect(await patch(`/api/sessions/${id}`, { archived: false })).toMatchObject({ archived: false });
  expect(await ids('?archived=true')).toEqual([]);
});

test('search shows where, and pages by a cursor', async () => {
  const { get, open } = await openHistory();
  const session = open('a');
  session.prompt({ inputId: '1', content: 'Where is the <b>needle</b>?', author: 'me' });
  session.prompt({ inputId: '2', content: '部署失败了', author: 'me' });
  session.rename('A needle');
  const first = await get('/api/search?q=NEEDLE&limit=1');
  const second = await get(`/api/search?q=NEEDLE&limit=1&cursor=${first.body.next_cursor}`);
  const hits = [first, second].flatMap(({ body }) => body.hits);
  expect(hits.map(({ kind }) => kind).toSorted()).toEqual(['prompt', 'title']);
  const hit = hits.find(({ kind }) => kind === 'prompt');
  expect(hit).toMatchObject({
    ...{ session_id: session.record.id, title: 'A needle', seq: 1 },
    ...{ snippet: 'Where is the <b>needle</b>?', highlights: [[16, 6]] },
  });
  expect(second.body.next_cursor).toBeNull();
  expect((await get(`/api/search?q=${encodeURIComponent('部署')}`)).body.hits).toHaveLength(1);
});

test('a search that cannot be is refused by name', async () => {
  const { get } = await openHistory();
  for (const [path, problem] of [
    ['/api/search', 'q'],
    ['/api/search?q=%20', 'q'],
    [`/api/search?q=${'x'.repeat(257)}`, 'q'],
    ['/api/search?q=x&limit=0', 'limit'],
    ['/api/search?q=x&cursor=x', 'cursor'],
    ['/api/search?q=x&cursor=LTE', 'cursor'],
    ['/api/sessions?cursor=MQ', 'cursor'],
  ] as const) {
    const { status, body } = await get(path);
    expect({ path, status, code: body.error.code }).toEqual({ path, status: 400, code: 'INVALID_MESSAGE' });
    expect(body.error.message).toContain(problem);
  }
});
