import { expect, test } from 'vitest';
import { Tally } from '../../src/ground/tally.ts';

test('each is counted until it is gone, once, and nothing is kept of those of which there are none', () => {
  const tally = new Tally();
  const [first, second, other] = [tally.add('a'), tally.add('a'), tally.add('b')];
  expect([tally.of('a'), tally.of('b'), tally.of('c'), tally.size]).toEqual([2, 1, 0, 3]);
  first();
  first();
  expect([...tally.counts]).toEqual([
    ['a', 1],
    ['b', 1],
  ]);
  second();
  other();
  expect([tally.counts.size, tally.size]).toEqual([0, 0]);
});
