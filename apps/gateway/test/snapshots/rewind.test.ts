import { expect, test } from 'vitest';
import { openSnapshots } from './open-snapshots.ts';

/** Two turns, and a person who edits between them and after. */
async function open() {
  const world = openSnapshots();
  const { start, turn, write } = world;
  write('agent', 'v0');
  write('both', 'v0');
  write('mine', 'v0');
  await start();
  await turn('turn_1', () => {
    write('agent', 'v1');
    write('both', 'v1');
  });
  write('both', 'of a person');
  await turn('turn_2', () => write('made', 'by the agent'));
  write('mine', 'of a person');
  write('own', 'of a person');
  return world;
}

test('going back names what a person changed between turns, and leaves it as it is', async () => {
  const { session, snapshots, read } = await open();
  const { files, state } = await snapshots.preview(session, 'turn_1');
  expect(files).toEqual([
    { path: 'agent', kind: 'modified', isEdited: false, reason: null },
    { path: 'both', kind: 'modified', isEdited: true, reason: null },
    { path: 'made', kind: 'added', isEdited: false, reason: null },
    { path: 'mine', kind: 'modified', isEdited: true, reason: null },
    { path: 'own', kind: 'added', isEdited: true, reason: null },
  ]);
  const back = await snapshots.revert(session, { to: 'turn_1', seen: state, keepEdited: true });
  expect(back.restored.map(({ path }) => path)).toEqual(['made', 'agent']);
  expect(back.left).toEqual(['own', 'both', 'mine'].map((path) => ({ path, reason: 'edited' })));
  expect([read('agent'), read('both'), read('own')]).toEqual(['v0', 'of a person', 'of a person']);
  // In one step it is as it was.
  await snapshots.revert(session, { to: back.undo, seen: back.state });
  expect([read('agent'), read('made')]).toEqual(['v1', 'by the agent']);
});

test('what putting files back leaves behind is nobody’s edit', async () => {
  const { session, snapshots, turn, write } = await open();
  const { state } = await snapshots.preview(session, 'turn_1');
  await snapshots.revert(session, { to: 'turn_1', seen: state });
  await turn('turn_3', () => write('agent', 'v3'));
  const { files } = await snapshots.preview(session, 'turn_3');
  expect(files).toEqual([{ path: 'agent', kind: 'modified', isEdited: false, reason: null }]);
  const first = await snapshots.preview(session, 'turn_1');
  expect(first.files).toEqual([{ path: 'agent', kind: 'modified', isEdited: false, reason: null }]);
});

test('what changed since it was looked at is put back under nobody’s hands', async () => {
  const { session, snapshots, read, write } = await open();
  const { state } = await snapshots.preview(session, 'turn_1');
  write('agent', 'changed meanwhile');
  await expect(snapshots.revert(session, { to: 'turn_1', seen: state, keepEdited: true })).rejects.toThrow(
    expect.objectContaining({ code: 'INVALID_MESSAGE' }),
  );
  expect(read('agent')).toBe('changed meanwhile');
});

test('a turn of which nothing is known has no preview', async () => {
  const { session, snapshots } = await open();
  await expect(snapshots.preview(session, 'turn_9')).rejects.toThrow(
    expect.objectContaining({ code: 'INVALID_MESSAGE' }),
  );
});
