import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { apiKey } from '../auth/open-door.ts';
import { openGateway } from './open-gateway.ts';

type Answer = { files: { sha256: string }[]; undo: string; state: string };

/** A session of the caller's in a real work dir, and what is asked about it. */
async function open() {
  const { api, door, sessions, snapshots, worker, workDir } = await openGateway();
  const alice = await door.authenticate({ kind: 'api_key', key: apiKey }, { address: '', origin: null });
  const write = (path: string, text: string) => writeFileSync(join(workDir, path), text);
  write('a.txt', 'one\n');
  const session = sessions.open({ identity: alice, workerType: 'scripted', key: 'a' });
  await snapshots.settled();
  const { id } = session.record;
  const headers = { 'x-api-key': apiKey, host: 'localhost:1', 'content-type': 'application/json' };
  const env = { incoming: { headers, socket: { remoteAddress: '10.0.0.1' } } };
  const ask = async (route: string, asked?: object) => {
    const [method = '', path = ''] = route.split(' ');
    const init = { method, headers, ...(asked === undefined ? {} : { body: JSON.stringify(asked) }) };
    const answer = await api.request(`/api/sessions/${id}${path}`, init, env);
    return { status: answer.status, body: (await answer.json()) as Answer };
  };
  return {
    alice,
    ask,
    door,
    id,
    read: (path: string) => readFileSync(join(workDir, path), 'utf8'),
    session,
    sessions,
    snapshots,
    worker,
    write,
  };
}

test('lists what changed, shows it, and puts it back', async () => {
  const { ask, read, write } = await open();
  write('a.txt', 'one\ntwo\n');
  write('b.txt', 'new\n');
  const { body } = await ask('GET /changes');
  expect(body).toMatchObject({
    since: expect.stringMatching(/^\d{4}-/),
    files: [
      { path: 'a.txt', kind: 'modified', added: 1, removed: 0, revertible: true, undone: false },
      { path: 'b.txt', kind: 'added', added: 1, removed: 0 },
    ],
    partial: null,
    left_out: [],
    turns: [],
  });
  const diff = await ask('GET /changes/diff?path=a.txt');
  expect(diff.body).toMatchObject({
    kind: 'modified',
    sides: { before: 'one\n', after: 'one\ntwo\n' },
    patch: expect.stringContaining('+two'),
  });
  expect((await ask('GET /changes/content?path=a.txt')).body).toMatchObject({ text: 'one\ntwo\n', size: 8 });
  const back = await ask('POST /changes/revert', { to: 'start', path: 'a.txt', seen: body.files[0]?.sha256 });
  expect(back.body).toMatchObject({ restored: [{ path: 'a.txt', kind: 'modified' }], left: [] });
  expect(read('a.txt')).toBe('one\n');
  const forth = await ask('POST /changes/revert', { to: back.body.undo, seen: back.body.state });
  expect(forth.status).toBe(200);
  expect(read('a.txt')).toBe('one\ntwo\n');
});

test('a turn of the session is one of the changes', async () => {
  const { ask, session, snapshots, write } = await open();
  session.prompt({ inputId: 'i', content: 'go', author: 'alice' });
  await snapshots.settled();
  const turn = session.record.turn?.id ?? '';
  write('a.txt', 'of the turn\n');
  expect((await ask(`GET /changes?since=${turn}`)).body.files).toMatchObject([{ path: 'a.txt' }]);
  // All files at once are not put back under the hands of an agent that works on them.
  const refused = await ask('POST /changes/revert', { to: turn, seen: 'x' });
  expect(refused).toMatchObject({ status: 409, body: { error: { code: 'SESSION_BUSY' } } });
});

test.each([
  ['of its own', 4_711],
  ['that it shares', undefined],
])(
  'all files are put back only while no session, with a process %s, has a turn in that folder',
  async (_, pid) => {
    const { alice, ask, read, sessions, worker, write } = await open();
    worker.pid = pid;
    write('a.txt', 'of the other one\n');
    const { body } = await ask('GET /changes');
    const other = sessions.open({ identity: alice, workerType: 'scripted', key: 'b' });
    other.prompt({ inputId: 'i', content: 'go', author: 'alice' });
    for (const force of [false, true])
      expect(await ask('POST /changes/revert', { to: 'start', seen: body.state, force })).toMatchObject({
        status: 409,
        body: { error: { code: 'SESSION_BUSY' } },
      });
    expect(read('a.txt')).toBe('of the other one\n');
  },
);

test('says what is not to be had', async () => {
  const { ask } = await open();
  for (const route of [
    'GET /changes?since=turn_unknown',
    'GET /changes/diff?path=a.txt',
    'GET /changes/diff',
    'GET /changes/content?path=../../etc/passwd',
    'GET /changes/content?path=missing',
  ])
    expect(await ask(route), route).toMatchObject({
      status: 400,
      body: { error: { code: 'INVALID_MESSAGE' } },
    });
});

test('[L1] whoever puts a file back is taken down, and whoever was refused', async () => {
  const { ask, door, id } = await open();
  await ask('POST /changes/revert', { to: 'start', path: 'a.txt', seen: 'another' });
  await ask('POST /changes/revert', { to: 'start', path: 'a.txt', seen: null, force: true });
  const taken = door.store.auditAfter(0, 1_000);
  expect(taken.slice(-2)).toMatchObject([
    { sessionId: id, action: 'POST /api/sessions/:id/changes/revert', decision: 'deny', reason: '400' },
    { sessionId: id, action: 'POST /api/sessions/:id/changes/revert', decision: 'allow' },
  ]);
});
