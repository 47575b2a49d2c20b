import type { ChangeList } from '@hotplex/client-sdk';
import { expect, test } from 'vitest';
import { createChanges, filesOfTurn } from '../../lib/changes.ts';
import { diffPairs } from '../../lib/diff-pairs.ts';
import { diffRows } from '../../lib/diff-rows.ts';
import { createDrafts } from '../../lib/drafts.ts';
import { toReference } from '../../lib/line-reference.ts';

const list = (state: string): ChangeList => ({
  ...{ since: null, files: [], state, partial: null, left_out: [] },
  turns: [{ id: 'turn_1', files: 2 }],
});

test('what was asked for last is shown, whatever is answered last', async () => {
  const answers: ((found: ChangeList) => void)[] = [];
  const changes = createChanges({ list: () => new Promise((resolve) => answers.push(resolve)) });
  changes.open('s');
  const second = changes.refresh('s');
  answers[1]?.(list('new'));
  await second;
  answers[0]?.(list('old'));
  await Promise.resolve();
  expect(changes.of('s').get()).toMatchObject({ isOpen: true, since: 'start', list: { state: 'new' } });
});

test('another turn begins with nothing; a failure keeps what was shown', async () => {
  let fails = false;
  const changes = createChanges({
    list: async () => {
      if (fails) throw new Error('away');
      return list('a');
    },
  });
  await changes.refresh('s');
  fails = true;
  await changes.refresh('s');
  expect(changes.of('s').get()).toMatchObject({ list: { state: 'a' }, error: new Error('away') });
  changes.open('s', 'turn_1');
  expect(changes.of('s').get().list).toBeUndefined();
});

test('what went back can be undone until files are others, a single one until somebody says no', async () => {
  let state = 'after';
  const changes = createChanges({ list: async () => list(state) });
  const undo = () => changes.of('s').get().undo?.to;
  changes.offerUndo('s', {
    to: 'undo_1',
    path: undefined,
    seen: 'after',
    words: '2 files are as they were.',
  });
  await changes.refresh('s');
  expect(undo()).toBe('undo_1');
  state = 'changed since';
  await changes.refresh('s');
  expect(undo()).toBeUndefined();
  changes.offerUndo('s', { to: 'undo_2', path: 'tea.md', seen: 'its digest', words: '1 file is as it was.' });
  await changes.refresh('s');
  expect(undo()).toBe('undo_2');
  changes.offerUndo('s', undefined);
  expect(undo()).toBeUndefined();
});

test('how many files a turn changed is known once it has ended', () => {
  expect(filesOfTurn(list('a'), 'turn_1')).toBe(2);
  expect(filesOfTurn(list('a'), 'turn_2')).toBeUndefined();
  expect(filesOfTurn(undefined, 'turn_1')).toBeUndefined();
});

test('side by side, what came stands beside what went, and each change begins anew', () => {
  const { rows } = diffRows('a\nb\nc\nd\n', 'a\nB\nC\nX\nd\nE\n');
  expect(diffPairs(rows)).toEqual([
    { kind: 'context', before: { line: 1, text: 'a' }, after: { line: 1, text: 'a' } },
    { kind: 'change', before: { line: 2, text: 'b' }, after: { line: 2, text: 'B' } },
    { kind: 'change', before: { line: 3, text: 'c' }, after: { line: 3, text: 'C' } },
    { kind: 'change', before: undefined, after: { line: 4, text: 'X' } },
    { kind: 'context', before: { line: 4, text: 'd' }, after: { line: 5, text: 'd' } },
    { kind: 'change', before: undefined, after: { line: 6, text: 'E' } },
  ]);
});

test('a comment names its line and goes below what is typed already', () => {
  const reference = toReference({ path: 'a.ts', line: 3, text: '  x = 1', comment: ' Why? ' });
  expect(reference).toBe('`a.ts:3`\n>   x = 1\n\nWhy?\n');
  expect(toReference({ path: 'a.ts', line: 4, text: '', comment: 'Why?' })).toBe('`a.ts:4`\n\nWhy?\n');
  const drafts = createDrafts({ read: () => null, write: () => {} });
  const heard: string[] = [];
  const stop = drafts.onAppend('s', (text) => heard.push(text));
  drafts.append('s', 'one');
  drafts.append('s', 'two');
  stop();
  drafts.append('s', 'three');
  expect(heard).toEqual(['one', 'one\n\ntwo']);
  expect(drafts.get('s')).toBe('one\n\ntwo\n\nthree');
});
