import { expect, test } from 'vitest';
import {
  latestRows,
  mostRows,
  rowsAround,
  rowsBefore,
  rowsBehind,
  rowsToLeave,
  usualRows,
} from '../../lib/message-window.ts';

const count = 1_000;

test('the way back to the first message and forth to the last one never draws more than it may', () => {
  let rows = latestRows(count);
  expect(rows).toEqual({ start: count - usualRows, end: count });
  while (rows.start > 0) {
    const next = rowsBefore(rows);
    expect(next.end - next.start).toBeLessThanOrEqual(mostRows);
    // What the reader has before them stays drawn.
    expect(next.end).toBeGreaterThan(rows.start);
    rows = next;
  }
  while (rows.end < count) {
    const next = rowsBehind(rows, count);
    expect(next.end - next.start).toBeLessThanOrEqual(mostRows);
    expect(next.start).toBeLessThan(rows.end);
    rows = next;
  }
});

test('a message far away is drawn with what is around it, one that is drawn already changes nothing', () => {
  const latest = latestRows(count);
  expect(rowsAround(latest, count - 1, count)).toBe(latest);
  const far = rowsAround(latest, 100, count);
  expect(far.start).toBeLessThan(100);
  expect(far.end).toBeGreaterThan(101);
  expect(rowsAround(latest, 0, count).start).toBe(0);
});

test('a short conversation is drawn whole', () => {
  expect(latestRows(3)).toEqual({ start: 0, end: 3 });
});

test('of rows that new ones push out, none leaves that is near what the reader sees, unless more are drawn than ever', () => {
  // Each 100 high; the reader sees what is from the fifth last on.
  const tops = (rows: number) => Array.from({ length: rows }, (_, row) => (row - rows + 5) * 100);
  expect(rowsToLeave(tops(usualRows), usualRows)).toBe(0);
  expect(rowsToLeave(tops(usualRows + 4), usualRows)).toBe(4);
  // 15 rows: 5 that are seen, 6 that are near, and 4 more.
  expect(rowsToLeave(tops(15), 2)).toBe(4);
  expect(rowsToLeave(tops(5), 2)).toBe(0);
  const small = Array.from({ length: mostRows + 3 }, (_, row) => row);
  expect(rowsToLeave(small, usualRows)).toBe(3);
});
