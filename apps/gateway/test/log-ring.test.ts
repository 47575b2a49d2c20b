import { expect, test } from 'vitest';
import { LogRing } from '../src/log-ring.ts';

const line = (msg: string) => JSON.stringify({ level: 30, time: '2026-11-24T00:00:00.000Z', msg });

test('keeps the newest lines, in order, and as many as it may', () => {
  const ring = new LogRing(3);
  for (const msg of ['a', 'b']) ring.write(line(msg));
  expect(ring.find({}).map(({ message }) => message)).toEqual(['a', 'b']);
  for (const msg of ['c', 'd', 'e']) ring.write(line(msg));
  expect(ring.find({}).map(({ message }) => message)).toEqual(['c', 'd', 'e']);
});

test('a line without end is not kept', () => {
  const ring = new LogRing(3);
  ring.write(line('x'.repeat(10_000)));
  expect(ring.find({})).toEqual([]);
});
