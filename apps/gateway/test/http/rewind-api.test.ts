import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { apiKey } from '../auth/open-door.ts';
import { openGateway } from './open-gateway.ts';

type Answer = {
  files: { state: string; undo: string } | null;
  error?: { details?: Record<string, string> };
};

/** A session with a turn that changed a file, and what is asked about it. */
async function open() {
  let meanwhile = () => {};
  const { api, door, sessions, snapshots, worker, workDir } = await openGateway({
    isSecret() {
      meanwhile();
      return false;
    },
  });
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
  /** Once, while files are looked at and this is so: before any was put back, or after. */
  const inTheMiddle = (isTime: () => boolean, happen: () => void) => {
    meanwhile = () => {
      if (!isTime()) return;
      meanwhile = () => {};
      happen();
    };
  };
  const other = () => sessions.open({ identity: alice, workerType: 'scripted', key: 'b' });
  return { ask, first, has, inTheMiddle, other, read, session, snapshots, turn, worker, write };
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

/** All that the session's agent was given, and what the log says of it. */
const said = ({ session, worker }: Pick<Awaited<ReturnType<typeof open>>, 'session' | 'worker'>) => ({
  prompts: worker.prompts.map(({ inputId }) => inputId),
  kinds: session.events(0, 100).map(({ type }) => type),
});

test.each([
  ['before files go back', 'of the agent\n'],
  ['when they are back', 'one\n'],
])(
  '[I5] a prompt that comes %s waits, and is given once to the agent that was taken back',
  async (_, now) => {
    const world = await open();
    const { ask, first, inTheMiddle, read, session, worker, write } = world;
    write('mine.txt', 'of a person\n');
    const seen = (await ask(`GET /rewind?turn_id=${first}`)).body.files?.state;
    inTheMiddle(
      () => read('a.txt') === now,
      () => {
        session.prompt({ inputId: 'meanwhile', content: 'go on', author: 'alice' });
        expect(said(world).prompts).toEqual(['i']);
      },
    );
    expect(
      await ask('POST /rewind', { turn_id: first, conversation: true, files: true, seen }),
    ).toMatchObject({ status: 200, body: { turns: 1 } });
    expect(read('a.txt')).toBe('one\n');
    const { prompts, kinds } = said(world);
    expect(prompts).toEqual(['i', 'meanwhile']);
    expect(worker.calls.slice(-2)).toEqual(['stop', 'prompt go on']);
    expect(kinds.indexOf('session.rewound')).toBeGreaterThan(0);
    expect(session.record.turn?.id).not.toBe(first);
  },
);

test.each([
  ['files alone', 'POST /rewind'],
  ['all files', 'POST /changes/revert'],
])('[I5] a prompt waits while %s go back', async (_, route) => {
  const world = await open();
  const { ask, first, inTheMiddle, read, session, write } = world;
  write('mine.txt', 'of a person\n');
  const seen = (await ask(`GET /rewind?turn_id=${first}`)).body.files?.state;
  inTheMiddle(
    () => true,
    () => {
      session.prompt({ inputId: 'meanwhile', content: 'go on', author: 'alice' });
      expect(said(world).prompts).toEqual(['i']);
    },
  );
  const asked = route === 'POST /rewind' ? { turn_id: first, files: true } : { to: first };
  expect((await ask(route, { ...asked, seen })).status).toBe(200);
  expect(read('a.txt')).toBe('one\n');
  expect(said(world).prompts).toEqual(['i', 'meanwhile']);
});

test.each(['POST /rewind', 'POST /changes/revert'])(
  '[I5] %s writes nothing once another session of the folder is at work, and lets prompts go on',
  async (route) => {
    const world = await open();
    const { ask, first, inTheMiddle, other, read, session, worker, write } = world;
    write('mine.txt', 'of a person\n');
    const seen = (await ask(`GET /rewind?turn_id=${first}`)).body.files?.state;
    inTheMiddle(
      () => true,
      () => other().prompt({ inputId: 'of-another', content: 'work', author: 'alice' }),
    );
    const asked =
      route === 'POST /rewind' ? { turn_id: first, conversation: true, files: true } : { to: first };
    expect(await ask(route, { ...asked, seen })).toMatchObject({
      status: 409,
      body: { error: { code: 'SESSION_BUSY' } },
    });
    expect(read('a.txt')).toBe('of the agent\n');
    expect(said(world).kinds).not.toContain('session.rewound');
    worker.say({ type: 'done', data: { success: true } });
    session.prompt({ inputId: 'later', content: 'go on', author: 'alice' });
    expect(said(world).prompts).toEqual(['i', 'of-another', 'later']);
  },
);

test('files that went back alone, and cannot be taken forth, are named with the error', async () => {
  const { ask, first, inTheMiddle, read, snapshots, worker, write } = await open();
  write('mine.txt', 'of a person\n');
  const seen = (await ask(`GET /rewind?turn_id=${first}`)).body.files?.state;
  inTheMiddle(
    () => read('a.txt') === 'one\n',
    // The agent begins by itself.
    () => worker.say({ type: 'turn.started', data: { input_ids: [] } }),
  );
  const { status, body } = await ask('POST /rewind', {
    turn_id: first,
    conversation: true,
    files: true,
    seen,
  });
  expect([status, body]).toMatchObject([409, { error: { code: 'SESSION_BUSY' } }]);
  expect(read('a.txt')).toBe('one\n');
  write('a.txt', 'of its own turn\n');
  worker.say({ type: 'done', data: { success: true } });
  await snapshots.settled();
  const undo = body.error?.details?.undo;
  expect((await ask('POST /changes/revert', { to: undo, seen: null, force: true })).status).toBe(200);
  expect(read('a.txt')).toBe('of the agent\n');
});

test('files that went back alone are taken forth again', async () => {
  const { ask, inTheMiddle, read, turn, worker, write } = await open();
  const second = await turn('j', () => write('a.txt', 'of its second turn\n'));
  const seen = (await ask(`GET /rewind?turn_id=${second}`)).body.files?.state;
  inTheMiddle(
    () => read('a.txt') === 'of the agent\n',
    () => Object.assign(worker.definition.capabilities, { rewind: false }),
  );
  const { status, body } = await ask('POST /rewind', {
    ...{ turn_id: second, conversation: true, files: true, seen },
  });
  expect([status, body.error?.details]).toEqual([422, { reason: 'agent', turns: 1 }]);
  expect(read('a.txt')).toBe('of its second turn\n');
});

test('nobody is taken back twice at a time', async () => {
  const { ask, first, inTheMiddle, session, write } = await open();
  write('mine.txt', 'of a person\n');
  const seen = (await ask(`GET /rewind?turn_id=${first}`)).body.files?.state;
  let second: Promise<unknown> | undefined;
  inTheMiddle(
    () => true,
    () => {
      second = session.hold(async () => {}).catch((error: unknown) => error);
    },
  );
  expect((await ask('POST /rewind', { turn_id: first, files: true, seen })).status).toBe(200);
  expect(await second).toMatchObject({ code: 'SESSION_BUSY' });
  await session.hold(async () => {});
});
