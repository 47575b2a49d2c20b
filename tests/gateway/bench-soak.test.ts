import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { buildRig } from '../bench/rig.ts';
import { judgeGrowth } from '../bench/soak/judge-soak.ts';
import type { Look } from '../bench/soak/look-at-gateway.ts';
import { type Minute, sumUp } from '../bench/soak/minute.ts';
import { runSoak, type Soak } from '../bench/soak/run-soak.ts';
import { toSoakReport } from '../bench/soak/to-soak-report.ts';
import { trendOf } from '../bench/soak/trend.ts';

const look: Look = {
  ...{ atMs: 0, resident: 200, anonymous: 150, heap: 40, external: 5, openFiles: 90, threads: 11 },
  ...{ database: 10, log: 4, lateMs: 2, agents: 3, connections: 2, processorMs: 1_000, events: 500 },
};
const minute: Minute = sumUp(1, [
  look,
  { ...look, atMs: 10_000, heap: 60 },
  { ...look, atMs: 20_000, resident: 210, heap: 50, processorMs: 3_000, events: 1_500 },
]);
/** So many minutes, in each of which memory is so many MiB. */
const soakOf = (minutes: number, memory: (minute: number) => number): Soak => ({
  ...{ began: '2026-01-02T03:04:05.000Z', machine: '2 cores', seed: 1, sessions: 3, speakers: 2 },
  minutes: Array.from({ length: minutes }, (_, index) => ({
    ...{ ...minute, minute: index + 1 },
    ...{ resident: memory(index + 1), anonymous: memory(index + 1), heap: memory(index + 1) },
  })),
  deeds: { turns: 7, connections: 5, agentsEnded: 1, sessionsDeleted: 2, problems: [] },
});

describe('what a soak makes of its looks', () => {
  test('a line has its slope, and a few points that are like no others do not change that', () => {
    const points = fc.record({
      slope: fc.integer({ min: -50, max: 50 }),
      wild: fc.array(fc.integer({ min: -10_000, max: 10_000 }), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(points, ({ slope, wild }) => {
        const line = Array.from({ length: 30 }, (_, at) => ({ at, value: slope * at + 3 }));
        for (const [index, value] of wild.entries()) line[index * 9 + 4] = { at: index * 9 + 4, value };
        const found = trendOf(line);
        expect(found.slope).toBeCloseTo(slope);
        expect(found.least).toBeLessThanOrEqual(found.slope);
        expect(found.most).toBeGreaterThanOrEqual(found.slope);
      }),
    );
  });

  test('a minute has the middle of what was held, the least of the heap, and what an event cost', () => {
    expect(minute).toMatchObject({ resident: 205, heap: 50, eventsPerSecond: 50, busyPercent: 10 });
    expect(minute.cpuPerEvent).toBe(2_000);
  });

  test('memory that stays is flat, memory that grows does, and half an hour is the least to tell', () => {
    const verdicts = (soak: Soak) => new Set(judgeGrowth(soak).map(({ verdict }) => verdict));
    const uneven = (at: number) => ((at * 7) % 5) - 2;
    expect(verdicts(soakOf(60, (at) => 200 + uneven(at)))).toEqual(new Set(['flat']));
    expect(verdicts(soakOf(60, (at) => 200 + at + uneven(at)))).toEqual(new Set(['grows']));
    expect(verdicts(soakOf(60, (at) => 200 + 60 * uneven(at)))).toEqual(new Set(['open']));
    expect(verdicts(soakOf(29, () => 200))).toEqual(new Set(['open']));
  });

  test('only the second half counts', () => {
    const [resident] = judgeGrowth(soakOf(60, (at) => Math.min(at, 30) * 10));
    expect(resident).toMatchObject({ perHour: { slope: 0 }, verdict: 'flat' });
  });

  test('the report has a row for each five minutes, the growth, a verdict and what went wrong', () => {
    const soak = soakOf(32, (at) => 200 + at / 100);
    soak.deeds.problems.push('of 7 pieces 6 came');
    const report = toSoakReport(soak);
    expect(report.match(/^\| \d+–\d+ \|/gm)).toEqual([
      ...['| 0–5 |', '| 5–10 |', '| 10–15 |', '| 15–20 |', '| 20–25 |', '| 25–30 |', '| 30–32 |'],
    ]);
    expect(report).toContain('| resident memory | 0.6 | 0.6 to 0.6 |');
    expect(report).toContain('* resident memory: is flat: it grows by no more than 5 % an hour');
    expect(report).toContain('* problem: of 7 pieces 6 came');
    expect(toSoakReport(soakOf(2, () => 200))).toContain('No verdict: 2 minutes say nothing of an hour');
  });
});

test('a soak has its sessions talk, end and be deleted, and nobody misses anything', async () => {
  const rig = buildRig();
  onTestFinished(() => rig[Symbol.dispose]());
  const seen: number[] = [];
  const { minutes, deeds } = await runSoak({
    ...{ rig, minutes: 2, minuteMs: 1_000, sessions: 3, speakers: 3, seed: 1 },
    onMinute: (soak) => seen.push(soak.minutes.length),
  });
  expect(seen).toEqual([1, 2]);
  expect(deeds.problems).toEqual([]);
  expect(deeds.turns).toBeGreaterThanOrEqual(3);
  expect(deeds.sessionsDeleted).toBeGreaterThanOrEqual(3);
  for (const each of minutes) {
    expect(each.resident).toBeGreaterThan(each.anonymous);
    expect(Math.min(each.heap, each.openFiles, each.threads, each.database)).toBeGreaterThan(0);
    expect(each.external).not.toBeNaN();
    expect(each.lateMs).not.toBeNaN();
  }
});
