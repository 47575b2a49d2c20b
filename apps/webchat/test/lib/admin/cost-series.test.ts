import { expect, test } from 'vitest';
import { axisOf, toSeries } from '../../../lib/admin/cost-series.ts';
import type { UsageEntry } from '../../../lib/admin/reports.ts';

const entry = (fields: Partial<UsageEntry>): UsageEntry => ({
  ...{ day: '2026-11-26', name: 'a', turns: 1, tokens_in: null, tokens_out: null, cost_usd: null },
  work_ms: null,
  ...fields,
});
const report = (usage: UsageEntry[]) => ({
  from: '2026-11-25',
  to: '2026-11-27',
  by: 'model' as const,
  usage,
});

test('every day is there, with what each name had of it, the largest first', () => {
  const series = toSeries(
    report([
      entry({ cost_usd: 0.25 }),
      entry({ name: null, cost_usd: 2 }),
      entry({ day: '2026-11-27', cost_usd: 0.25 }),
    ]),
    'cost',
  );
  expect(series).toEqual({
    names: [null, 'a'],
    totals: [2, 0.5],
    total: 2.5,
    days: [
      { day: '2026-11-25', values: [0, 0] },
      { day: '2026-11-26', values: [2, 0.25] },
      { day: '2026-11-27', values: [0, 0.25] },
    ],
  });
});

test('what no agent told of is not nothing, but unknown', () => {
  const usage = [entry({}), entry({ name: 'b', tokens_out: 3 })];
  expect(toSeries(report(usage), 'cost')).toMatchObject({ totals: [null, null], total: null });
  expect(toSeries(report(usage), 'tokens')).toMatchObject({ names: ['b', 'a'], totals: [3, null], total: 3 });
  expect(toSeries(report(usage), 'turns')).toMatchObject({ totals: [1, 1], total: 2 });
});

test('the names beyond five are one', () => {
  const usage = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name, index) => entry({ name, turns: 10 - index }));
  const { names, totals } = toSeries(report(usage), 'turns');
  expect(names).toEqual(['a', 'b', 'c', 'd', 'e', undefined]);
  expect(totals.at(-1)).toBe(5 + 4);
});

test.each([
  [0, 1, 0.5],
  [3, 3, 1],
  [0.3, 0.3, 0.1],
  [7, 8, 2],
  [101, 150, 50],
  [12_345, 15_000, 5_000],
])('the axis above %d ends at %d in steps of %d', (largest, top, step) => {
  const axis = axisOf(largest);
  expect(axis.top).toBeCloseTo(top);
  expect(axis.step).toBeCloseTo(step);
});
