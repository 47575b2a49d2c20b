import type { RewindPreview } from '@hotplex/client-sdk';
import { expect, test } from 'vitest';
import { firstChoice, obstacleOf } from '../../lib/rewind-choice.ts';
import { foldSetAside, rowOf, turnsIn } from '../../lib/set-aside.ts';

const file = { path: 'a', kind: 'modified', edited: false, reason: null } as const;
const preview = (change: Partial<RewindPreview>): RewindPreview => ({
  turns: 1,
  conversation: { possible: true, reason: null },
  files: { state: 's', partial: null, changes: [file] },
  ...change,
});

test('as much goes back as can, and what cannot says why', () => {
  expect(firstChoice(preview({}))).toBe('both');
  const alone = preview({ conversation: { possible: false, reason: 'agent' } });
  expect([firstChoice(alone), obstacleOf('both', alone), obstacleOf('conversation', alone)]).toEqual([
    ...['files', 'agent', 'agent'],
  ]);
  const unknown = preview({ files: null });
  expect([firstChoice(unknown), obstacleOf('files', unknown)]).toEqual(['conversation', 'unknown']);
  const kept = { ...file, reason: 'protected' } as const;
  const same = preview({ files: { state: 's', partial: null, changes: [kept] } });
  expect([firstChoice(same), obstacleOf('both', same)]).toEqual(['conversation', 'same']);
  const neither = preview({ conversation: { possible: false, reason: 'unmarked' }, files: null });
  expect(firstChoice(neither)).toBeUndefined();
});

test('messages that one event set aside are folded together', () => {
  const message = (id: string, role: 'user' | 'assistant', setAsideBy?: number) => ({
    ...{ id, role, parts: [] },
    metadata: setAsideBy === undefined ? {} : { setAsideBy },
  });
  const { rows, folds } = foldSetAside([
    ...[message('a', 'user'), message('b', 'assistant'), message('c', 'user', 9)],
    ...[message('d', 'assistant', 9), message('e', 'user', 20), message('f', 'user')],
  ]);
  expect(rows.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'e', 'f']);
  expect([...folds].map(([id, folded]) => [id, folded.map((each) => each.id)])).toEqual([
    ['c', ['c', 'd']],
    ['e', ['e']],
  ]);
  expect(turnsIn(folds.get('c') ?? [])).toBe(1);
  expect(['a', 'd', 'e'].map((id) => rowOf(id, folds))).toEqual(['a', 'c', 'e']);
});
