import { expect, test } from 'vitest';
import type { PastTurn, TerminalConversation } from '../../src/worker/worker.ts';
import { forgeToken, validClaims } from '../auth/forge-token.ts';
import { apiKey } from '../auth/open-door.ts';
import { sessionRecord } from '../store/support/records.ts';
import { openGateway } from './open-gateway.ts';

const typed: TerminalConversation = { id: 'n-1', about: 'water the tea\nand more', updatedAt: 2_000 };
const turns: PastTurn[] = [
  {
    ...{ prompt: 'water the tea\nand more', startedAt: 1_000, endedAt: 1_900, point: 'n-1#1' },
    events: [
      { type: 'reasoning', data: { id: 'r', content: 'hm' } },
      { type: 'message', data: { id: 'm', role: 'assistant', content: 'watered', content_type: 'text' } },
      // What was asked then is over.
      { type: 'permission_request', data: { id: 'p', tool_name: 'Bash' } },
    ],
  },
  { prompt: 'again', startedAt: 1_950, endedAt: 2_000, events: [] },
];

type Body = { error?: { code: string; details?: object }; conversations?: object[]; id?: string };

async function open(conversations?: null, sharedWith: string[] = []) {
  const asked: unknown[] = [];
  const gateway = await openGateway({
    terminalConversations:
      conversations === null
        ? null
        : {
            sharedWith,
            async list(workDir, most) {
              asked.push([workDir, most]);
              return [typed, { id: 'n-2', about: '   ', updatedAt: 1_000 }];
            },
            read: async (_workDir, id) => (id === 'n-1' ? turns : undefined),
          },
  });
  const { api, door } = gateway;
  const header = { kid: door.key.publicKey.kid };
  const tokenOf = (claims: object) =>
    forgeToken({ key: door.key.privateKey, header, claims: { ...validClaims, ...claims } });
  const as = (credential: Record<string, string>) => async (route: string, sent?: object) => {
    const [method = '', path = ''] = route.split(' ');
    const headers = { ...credential, host: 'localhost:1', 'content-type': 'application/json' };
    const init = { method, headers, ...(method === 'POST' && { body: JSON.stringify(sent ?? {}) }) };
    const answer = await api.request(path, init, {
      incoming: { headers, socket: { remoteAddress: '10.0.0.1' } },
    });
    const text = await answer.text();
    return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Body };
  };
  const user = async (sub: string, claims = {}) =>
    as({ authorization: `Bearer ${await tokenOf({ sub, jti: sub, ...claims })}` });
  return { ...gateway, asked, as, user };
}

const list = 'GET /api/agents/scripted/conversations';
const adopt = (id: string) => `POST /api/agents/scripted/conversations/${id}/adopt`;

test('what was begun in a terminal is listed by its first line', async () => {
  const { user, asked, workDir } = await open();
  const alice = await user('alice');
  const { status, body } = await alice(list);
  expect(status).toBe(200);
  expect(body.conversations).toEqual([
    { id: 'n-1', title: 'water the tea', updated_at: '1970-01-01T00:00:02.000Z', session_id: null },
    { id: 'n-2', title: null, updated_at: '1970-01-01T00:00:01.000Z', session_id: null },
  ]);
  expect(asked).toEqual([[workDir, 50]]);
  expect((await alice(`${list}?work_dir=/nowhere`)).body.error).toMatchObject({
    code: 'CONFIG_INVALID',
    details: { field: 'work_dir' },
  });
});

test('a session begins with what was said, each thing at its time, and goes on with the same conversation', async () => {
  const { user, sessions, door, snapshots, worker } = await open();
  const alice = await user('alice');
  const { status, body } = await alice(adopt('n-1'), { config: { model: 'm' } });
  expect(status).toBe(201);
  expect(body).toMatchObject({ title: 'water the tea', state: 'idle', last_seq: 14, config: { model: 'm' } });
  const identity = await door.authenticate({ kind: 'api_key', key: apiKey }, { address: '', origin: null });
  const session = sessions.find(body.id ?? '', { ...identity, subject: 'alice' });
  const log = session?.events(0, 100) ?? [];
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
  expect(log.map(({ type, timestamp }) => `${type} ${timestamp}`)).toEqual([
    ...['input 1000', 'input.status 1000', 'state 1000', 'reasoning 1900', 'message 1900', 'done 1900'],
    ...['input.status 1900', 'state 1900'],
    ...['input 1950', 'input.status 1950', 'state 1950', 'done 2000', 'input.status 2000', 'state 2000'],
  ]);
  expect(JSON.parse(log[0]?.data ?? '')).toMatchObject({ author: 'terminal' });
  expect(JSON.parse(log[5]?.data ?? '')).toMatchObject({
    point: 'n-1#1',
    stats: { duration_ms: null, _session: { turn_count: 1 } },
  });
  await snapshots.settled();
  session?.prompt({ inputId: 'i', content: 'and now', author: 'alice' });
  expect(worker.starts).toMatchObject([{ resume: 'n-1', config: { model: 'm' } }]);
});

test('[A4] twice is once: who has it gets the same session, and to others it is not there, nor to anybody once it was deleted', async () => {
  const { user, sessions } = await open();
  const [alice, bob] = [await user('alice'), await user('bob')];
  const first = await alice(adopt('n-1'));
  expect((await alice(adopt('n-1'))).body.id).toBe(first.body.id);
  expect((await alice(adopt('n-1'), { config: { model: 'another' } })).body.error).toMatchObject({
    code: 'CONFIG_INVALID',
    details: { field: 'model' },
  });
  expect((await alice(list)).body.conversations).toContainEqual(
    expect.objectContaining({ id: 'n-1', session_id: first.body.id }),
  );
  expect((await bob(adopt('n-1'))).body.error?.code).toBe('CONFIG_INVALID');
  expect((await bob(list)).body.conversations).toMatchObject([{ id: 'n-2' }]);
  expect((await alice(`DELETE /api/sessions/${first.body.id}`)).status).toBe(204);
  // What was said in it since was said to the gateway.
  for (const user of [alice, bob]) {
    expect((await user(adopt('n-1'))).body.error?.code).toBe('CONFIG_INVALID');
    expect((await user(list)).body.conversations).toMatchObject([{ id: 'n-2' }]);
  }
  expect(sessions.working()).toEqual([]);
});

test('[A4] what a session of another type has, which reaches the same conversations, is that session’s', async () => {
  const { user, door } = await open(undefined, ['another']);
  door.store.create(
    sessionRecord({ id: 's-1', ownerId: 'alice', workerType: 'another', nativeSessionId: 'n-1' }),
  );
  const [alice, bob] = [await user('alice'), await user('bob')];
  expect((await alice(list)).body.conversations).toContainEqual(
    expect.objectContaining({ id: 'n-1', session_id: 's-1' }),
  );
  expect((await alice(adopt('n-1'))).body.id).toBe('s-1');
  expect((await bob(list)).body.conversations).toMatchObject([{ id: 'n-2' }]);
  expect((await bob(adopt('n-1'))).body.error?.code).toBe('CONFIG_INVALID');
});

test('one that is not there, a wrong field and an agent without any are refused by name', async () => {
  const { user } = await open();
  const alice = await user('alice');
  expect(await alice(adopt('n-9'))).toMatchObject({
    status: 422,
    body: { error: { code: 'CONFIG_INVALID', details: { field: 'conversation' } } },
  });
  expect((await alice(adopt('n-1'), { config: { max_turns: 'many' } })).body.error).toMatchObject({
    code: 'CONFIG_INVALID',
    details: { field: 'max_turns' },
  });
  expect((await alice(adopt('n-1'), { config: { isolation: 'container' } })).body.error).toMatchObject({
    code: 'CONFIG_INVALID',
    details: { field: 'isolation' },
  });
  const withoutAny = await (await open(null)).user('alice');
  expect((await withoutAny(list)).body.error?.code).toBe('NOT_SUPPORTED');
});

test('[A4] [A5] who is not named, a key, a bot and who only watches see nothing of it', async () => {
  const { user, as } = await open();
  const strangers = [
    await user('mallory'),
    await user('alice', { jti: 'w', scope: 'viewer' }),
    await user('alice', { jti: 'b', bot_id: 'bot-1' }),
    as({ 'x-api-key': apiKey }),
  ];
  for (const ask of strangers) {
    for (const route of [list, adopt('n-1')]) {
      const { status, body } = await ask(route);
      expect(status).toBe(403);
      expect(JSON.stringify(body)).not.toContain('tea');
    }
  }
});
