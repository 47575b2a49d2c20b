import { expect, test } from 'vitest';
import { latestRows, mostRows, usualRows } from '../../lib/message-window.ts';
import {
  newestRows,
  rowsShown,
  rowsStill,
  rowsToNewest,
  rowsWithout,
  windowOf,
} from '../../lib/shown-rows.ts';

const messages = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `m${index}` }));

test('what is drawn goes on with what is new, and nothing leaves for it until its room is known', () => {
  const newest = newestRows(messages(100));
  expect(windowOf(newest, messages(100))).toEqual(latestRows(100));
  expect(windowOf(newest, messages(102))).toEqual({ start: 100 - usualRows, end: 102 });
  const left = rowsWithout(newest, 'm72', 240);
  expect(windowOf(left, messages(102))).toEqual({ start: 72, end: 102 });
  expect(left.lead).toBe(240);
  expect(rowsWithout(left, 'm74', 60)).toMatchObject({ first: 'm74', lead: 300 });
});

test('however much comes at once, never more is drawn than a page can hold', () => {
  const { start, end } = windowOf(newestRows(messages(100)), messages(1_000));
  expect(end).toBe(1_000);
  expect(end - start).toBeLessThan(150);
});

test('a conversation that began without messages is drawn from its first one on', () => {
  const empty = newestRows([]);
  expect(windowOf(empty, messages(3))).toEqual({ start: 0, end: 3 });
  expect(rowsStill(empty, messages(3))).toBe(empty);
});

test('earlier messages that become known change nothing of what is drawn', () => {
  const shown = newestRows(messages(40));
  const more = [{ id: 'earlier' }, ...messages(40)];
  expect(windowOf(shown, more)).toEqual({ start: 11, end: 41 });
  expect(rowsStill(shown, more)).toBe(shown);
});

test('where the first message is gone, the newest are drawn', () => {
  const shown = rowsWithout(newestRows(messages(40)), 'gone', 500);
  expect(rowsStill(shown, messages(40))).toEqual(newestRows(messages(40)));
});

test('at the end again, what was drawn on the way may leave; from far away only the newest are drawn', () => {
  const all = messages(200);
  const near = rowsShown({ start: 120, end: 200 }, all);
  expect(near.most).toBe(mostRows);
  expect(rowsToNewest(near, all)).toEqual({ ...near, most: usualRows });
  const far = rowsShown({ start: 0, end: 90 }, all);
  expect(windowOf(far, all)).toEqual({ start: 0, end: 90 });
  expect(rowsToNewest(far, all)).toEqual(newestRows(all));
});

test('what has left does not make the text higher than a browser can draw', () => {
  expect(rowsWithout(newestRows(messages(40)), 'm12', 2_000_000).lead).toBe(0);
});
