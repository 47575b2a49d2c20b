import { beforeEach, expect, test } from 'vitest';
import { findBranchPoint, toBranchTurn } from '../../src/session/branch-point.ts';
import { openSession } from './open-session.ts';

let world: ReturnType<typeof openSession>;
beforeEach(() => {
  world = openSession();
});

const ask = (name: string) => world.session.prompt({ inputId: name, content: name, author: 'me' });
const runningTurn = () => world.session.record.turn?.id ?? '';
const end = (point?: string) =>
  world.worker.say({ type: 'done', data: { success: true, ...(point === undefined ? {} : { point }) } });

/** A turn that ends at this point of the agent's conversation; its id. */
function turn(name: string, point?: string): string {
  ask(name);
  const id = runningTurn();
  end(point);
  return id;
}

const read = (after: number, limit: number) => world.store.events('s', after, limit);
const before = (turnId: string) => findBranchPoint({ side: 'before', turnId }, read);
const after = (turnId: string) => findBranchPoint({ side: 'after', turnId }, read);
/** What the log says up to there. */
const saidUntil = (lastSeq: number) =>
  world.told
    .filter(({ seq }) => seq <= lastSeq)
    .map(({ type, data }) => `${type} ${JSON.parse(data).status ?? ''}`);

test('[I5] before a turn the log is as it was before its prompt, and the agent knows what it knew', async () => {
  const first = turn('a', 'n#a');
  const logged = world.told.length;
  const second = turn('b', 'n#b');
  turn('c', 'n#c');
  const point = await before(second);
  expect(point).toMatchObject({ lastSeq: logged, known: { kind: 'point', point: 'n#a' }, waiting: [] });
  expect(point.totals.turn_count).toBe(1);
  expect([...point.turns]).toEqual([first]);
  expect(await before(first)).toMatchObject({
    known: { kind: 'nothing' },
    totals: { turn_count: 0 },
    waiting: [],
  });
  expect(saidUntil((await before(first)).lastSeq)).not.toContain('input queued');
});

test('[I5] after a turn it ends at rest, and what is said since is not in it', async () => {
  turn('a', 'n#a');
  const second = turn('b', 'n#b');
  const logged = world.told.length;
  world.session.rename('a name of its own');
  turn('c', 'n#c');
  const point = await after(second);
  expect(point).toMatchObject({ lastSeq: logged, known: { kind: 'point', point: 'n#b' } });
  expect(point.totals.turn_count).toBe(2);
  expect(saidUntil(point.lastSeq).at(-1)).toMatch(/^state/);
});

test('[I5] what waited there is named: in the branch nobody waits for it', async () => {
  ask('a');
  const first = runningTurn();
  ask('b');
  ask('gone');
  world.session.cancelInput('gone');
  end('n#a');
  const second = runningTurn();
  ask('c');
  end('n#b');
  end('n#c');
  expect(await before(second)).toMatchObject({ waiting: ['b'], known: { point: 'n#a' } });
  expect(await after(first)).toMatchObject({ waiting: ['b'] });
  expect(await after(second)).toMatchObject({ waiting: ['c'] });
  expect(await before(first)).toMatchObject({ waiting: [] });
});

test('[I5] turns that were set aside are places as good as others, and a rewind before a turn counts', async () => {
  turn('a', 'n1#a');
  const second = turn('b', 'n1#b');
  const third = turn('c', 'n1#c');
  await world.session.rewind(second);
  const fourth = turn('d', 'n2#d');
  expect(await before(third)).toMatchObject({ known: { point: 'n1#b' } });
  expect(await after(third)).toMatchObject({ known: { point: 'n1#c' } });
  const point = await before(fourth);
  expect(point).toMatchObject({ known: { point: 'n1#a' } });
  expect(saidUntil(point.lastSeq).at(-1)).toMatch(/^session.rewound/);
});

test('[I5] where the agent said not where it stood, nobody knows; the end of a turn can show that too', async () => {
  const first = turn('a');
  const second = turn('b', 'n1#b');
  // Somebody cleared its memory: before this turn or in it.
  const third = turn('c', 'n2#c');
  expect(await after(first)).toMatchObject({ known: { kind: 'unknown' } });
  expect(await before(second)).toMatchObject({ known: { kind: 'unknown' } });
  expect(await before(third)).toMatchObject({ known: { kind: 'unknown' } });
  expect(await after(third)).toMatchObject({ known: { point: 'n2#c' } });
});

test('[I5] before a turn that runs there is a place, after it there is none yet', async () => {
  turn('a', 'n#a');
  ask('b');
  expect(await before(runningTurn())).toMatchObject({ known: { point: 'n#a' } });
  await expect(after(runningTurn())).rejects.toMatchObject({ code: 'SESSION_BUSY' });
  await expect(before('turn_of_nobody')).rejects.toMatchObject({
    ...{ code: 'INVALID_MESSAGE', details: { reason: 'unknown' } },
  });
});

test('one place is named, or none', () => {
  expect(toBranchTurn({})).toBeUndefined();
  expect(toBranchTurn({ before_turn: 't' })).toEqual({ side: 'before', turnId: 't' });
  expect(toBranchTurn({ after_turn: 't' })).toEqual({ side: 'after', turnId: 't' });
  expect(() => toBranchTurn({ before_turn: 't', after_turn: 't' })).toThrow('one place');
});
