import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { apiKey } from '../auth/open-door.ts';
import { openGateway } from './open-gateway.ts';

type Answer = { files: { state: string; undo: string } | null };

/** A session with a turn that changed a file, and what is asked about it. */
async function open() {
  const { api, door, sessions, snapshots, worker, workDir } = await openGateway();
  const alice = await door.authenticate({ kind: 'api_key', key: apiKey }, { address: '', origin: null });
  const write = (path: string, text: string) => writeFileSync(join(workDir, path), text);
  write('a.txt', 'one\n');
  const session = sessions.open({ identity: alice, workerType: 'scripted', key: 'a' });
  await snapshots.settled();
  const turn = async (name: string, work: () => void) => {
    session.prompt({ inputId: name, content: name, author: 'alice' });
    const id = session.record.turn?.id ?? '';
    await snapshots.settled();
    work();
    worker.say({ type: 'done', data: { success: true, point: `n#${name}` } });
    await snapshots.settled();
    return id;
  };
  const first = await turn('i', () => {
    write('a.txt', 'of the agent\n');
    write('b.txt', 'new\n');
  });
  const headers = { 'x-api-key': apiKey, host: 'localhost:1', 'content-type': 'application/json' };
  const env = { incoming: { headers, socket: { remoteAddress: '10.0.0.1' } } };
  const ask = async (route: string, asked?: object) => {
    const [method = '', path = ''] = route.split(' ');
    const init = { method, headers, ...(asked === undefined ? {} : { body: JSON.stringify(asked) }) };
    const answer = await api.request(`/api/sessions/${session.record.id}${path}`, init, env);
    return { status: answer.status, body: (await answer.json()) as Answer };
  };
  const read = (path: string) => readFileSync(join(workDir, path), 'utf8');
  const has = (path: string) => existsSync(join(workDir, path));
  return { ask, first, has, read, session, turn, worker, write };
}

test('says what going back would do, and does it: conversation and files', async () => {
  const { ask, first, has, read, session, turn, write } = await open();
  await turn('j', () => {});
  write('mine.txt', 'of a person\n');
  const preview = await ask(`GET /rewind?turn_id=${first}`);
  expect(preview).toMatchObject({
    status: 200,
    body: {
      turns: 2,
      conversation: { possible: true, reason: null },
      files: {
        partial: null,
        changes: [
          { path: 'a.txt', kind: 'modified', edited: false, reason: null },
          { path: 'b.txt', kind: 'added', edited: false, reason: null },
          { path: 'mine.txt', kind: 'added', edited: true, reason: null },
        ],
      },
    },
  });
  const seen = preview.body.files?.state;
  const both = await ask('POST /rewind', { turn_id: first, conversation: true, files: true, seen });
  expect(both).toMatchObject({
    status: 200,
    body: { turns: 2, files: { left: [{ path: 'mine.txt', reason: 'edited' }] } },
  });
  expect([read('a.txt'), has('b.txt'), has('mine.txt')]).toEqual(['one\n', false, true]);
  expect(session.record).toMatchObject({ nativeSessionId: null, forkOf: null });
  expect(session.events(0, 100).at(-1)?.type).toBe('session.rewound');
  // Files are taken back in one step.
  const { undo, state } = both.body.files ?? {};
  expect((await ask('POST /changes/revert', { to: undo, seen: state })).status).toBe(200);
  expect([read('a.txt'), has('b.txt')]).toEqual(['of the agent\n', true]);
});

test('one of both goes back alone', async () => {
  const { ask, first, read, session } = await open();
  const { body } = await ask(`GET /rewind?turn_id=${first}`);
  expect(await ask('POST /rewind', { turn_id: first, files: true, seen: body.files?.state })).toMatchObject({
    status: 200,
    body: { turns: null },
  });
  expect(read('a.txt')).toBe('one\n');
  expect(session.record.lastSeq).toBe(session.events(0, 100).length);
  expect(await ask('POST /rewind', { turn_id: first, conversation: true })).toMatchObject({
    status: 200,
    body: { turns: 1, files: null },
  });
});

test('[I5] in the middle of a turn nothing goes back', async () => {
  const { ask, first, read, session } = await open();
  session.prompt({ inputId: 'running', content: 'go', author: 'alice' });
  for (const what of [{ conversation: true }, { files: true, seen: 'x' }])
    expect(await ask('POST /rewind', { turn_id: first, ...what })).toMatchObject({
      status: 409,
      body: { error: { code: 'SESSION_BUSY' } },
    });
  expect(read('a.txt')).toBe('of the agent\n');
});

test('what cannot go back whole does not go back in part', async () => {
  const { ask, first, read, session } = await open();
  const asked = { turn_id: first, conversation: true, files: true, seen: 'what was there earlier' };
  expect(await ask('POST /rewind', asked)).toMatchObject({
    status: 400,
    body: { error: { details: { reason: 'changed' } } },
  });
  expect(read('a.txt')).toBe('of the agent\n');
  expect(session.events(0, 100).map(({ type }) => type)).not.toContain('session.rewound');
});

test.each([
  ['a turn that nobody knows', { turn_id: 'turn_9', conversation: true }],
  ['neither', { turn_id: 'turn_9' }],
  ['files that nobody looked at', { turn_id: 'turn_9', files: true }],
])('%s is refused', async (_, asked) => {
  const { ask } = await open();
  expect(await ask('POST /rewind', asked)).toMatchObject({
    status: 400,
    body: { error: { code: 'INVALID_MESSAGE' } },
  });
});
