import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { apiKey } from '../auth/open-door.ts';
import { openGateway } from './open-gateway.ts';

type Answer = { id: string; error?: { code: string; details?: Record<string, string> } };

/** A session with two turns that each changed a file, and a way to ask for branches of it. */
async function open() {
  const { api, door, sessions, snapshots, worker, workDir } = await openGateway();
  const alice = await door.authenticate({ kind: 'api_key', key: apiKey }, { address: '', origin: null });
  const session = sessions.open({ identity: alice, workerType: 'scripted', key: 'a' });
  await snapshots.settled();
  const turn = async (name: string, of = session) => {
    of.prompt({ inputId: name, content: name, author: 'alice' });
    const id = of.record.turn?.id ?? '';
    await snapshots.settled();
    writeFileSync(join(workDir, `${name}.txt`), name);
    worker.say({ type: 'worker.session', data: { id: 'n' } });
    worker.say({ type: 'done', data: { success: true, point: `n#${name}` } });
    await snapshots.settled();
    return id;
  };
  const turns = [await turn('a'), await turn('b')] as const;
  const headers = { 'x-api-key': apiKey, host: 'localhost:1', 'content-type': 'application/json' };
  const env = { incoming: { headers, socket: { remoteAddress: '10.0.0.1' } } };
  const fork = async (asked: object) => {
    const init = { method: 'POST', headers, body: JSON.stringify(asked) };
    const answer = await api.request(`/api/sessions/${session.record.id}/fork`, init, env);
    return { status: answer.status, body: (await answer.json()) as Answer };
  };
  const branch = async (asked: object) => {
    const { status, body } = await fork(asked);
    expect(status).toBe(201);
    const found = sessions.find(body.id, alice);
    if (!found) throw new Error('there is no branch');
    await snapshots.settled();
    return found;
  };
  return { branch, fork, session, snapshots, turn, turns, worker };
}

const kindsOf = (session: { events(after: number, limit: number): { type: string }[] }) =>
  session.events(0, 1_000).map(({ type }) => type);

test('[I5] a branch before a turn has what was before its prompt, and its agent knows that and no more', async () => {
  const { branch, session, snapshots, turns, turn, worker } = await open();
  const [first, second] = turns;
  const logged = kindsOf(session);
  const early = await branch({ before_turn: second, title: 'another way' });
  const shared = logged.slice(0, logged.lastIndexOf('input'));
  expect(kindsOf(early)).toEqual([...shared, 'session.forked']);
  expect(early.record).toMatchObject({ title: 'another way', forkOf: 'n#a', totals: { turn_count: 1 } });
  const [own] = early.events(shared.length, 1);
  expect(JSON.parse(own?.data ?? '')).toMatchObject({ from: session.record.id, before_turn: second });
  // What came later is not taken for its own.
  const { turns: known } = await snapshots.changes(early.record, 'start');
  expect(known.map(({ id }) => id)).toEqual([first]);
  expect(kindsOf(session)).toEqual(logged);
  await turn('c', early);
  expect(worker.starts.at(-1)).toMatchObject({ fork: 'n#a' });
});

test('[I5] a branch after a turn has its answer; after the last one it is a fork like any other', async () => {
  const { branch, session, turns } = await open();
  const [first, second] = turns;
  expect((await branch({ after_turn: first })).record).toMatchObject({
    forkOf: 'n#a',
    totals: { turn_count: 1 },
  });
  const late = await branch({ after_turn: second });
  expect(late.record.forkOf).toBe('n');
  expect(kindsOf(late)).toEqual([...kindsOf(session), 'session.forked']);
});

test('[I5] branches off also while the session is in a later turn, but not after that one', async () => {
  const { branch, fork, session, turns } = await open();
  session.prompt({ inputId: 'c', content: 'c', author: 'alice' });
  expect((await branch({ after_turn: turns[1] })).record.forkOf).toBe('n#b');
  const running = session.record.turn?.id;
  expect((await branch({ before_turn: running })).record.forkOf).toBe('n#b');
  expect(await fork({ after_turn: running })).toMatchObject({
    status: 409,
    body: { error: { code: 'SESSION_BUSY' } },
  });
});

test('[I5] a place that is none is refused with what is wrong with it', async () => {
  const { fork, turns, worker } = await open();
  expect(await fork({ before_turn: 'turn_of_nobody' })).toMatchObject({
    ...{ status: 400, body: { error: { details: { reason: 'unknown' } } } },
  });
  expect((await fork({ before_turn: turns[0], after_turn: turns[0] })).status).toBe(400);
  expect((await fork({ before_turn: '' })).status).toBe(400);
  Object.assign(worker.definition.capabilities, { rewind: false });
  expect(await fork({ before_turn: turns[1] })).toMatchObject({
    ...{ status: 422, body: { error: { code: 'NOT_SUPPORTED', details: { reason: 'agent' } } } },
  });
  // Whoever begins with nothing needs no agent that can go back.
  expect((await fork({ before_turn: turns[0] })).status).toBe(201);
});
