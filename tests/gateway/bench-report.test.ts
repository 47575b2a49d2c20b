import { describe, expect, test } from 'vitest';
import { draw } from '../bench/report/draw.ts';
import { judge } from '../bench/report/judge.ts';
import { replaceBetween } from '../bench/report/publish.ts';
import { toTable } from '../bench/report/table.ts';
import { toReport } from '../bench/report/to-report.ts';
import { scenarios } from '../bench/scenarios/all.ts';
import type { Bar, Run, Scenario } from '../bench/scenarios/scenario.ts';
import { median, quantile, spreadOf } from '../bench/statistics.ts';
import { summarise } from '../bench/summarise.ts';
import { toMarkdown } from '../bench/to-markdown.ts';

const run = (subject: Run['subject'], cost: number, name = 'ten'): Run => ({
  ...{ case: name, subject },
  figures: { cost, noise: 0.1 },
});
const runs = [
  run('c-relay', 1),
  run('plain-node', 2),
  run('hotplex', 3),
  run('hotplex', 9),
  run('hotplex', 4),
];
const column = { figure: 'cost', title: 'cost, µs', digits: 1 };
const bar: Bar = { says: 'cost by plain Node’s', case: 'ten', figure: 'cost', by: 'plain-node', atMost: 2 };
const scenario: Scenario = {
  ...{
    name: 'small',
    title: 'Small',
    about: 'Little is done.',
    columns: [column],
    bars: [bar],
    drawn: [column],
  },
  async *measure() {},
};
const outcome = { scenario: 'small', runs };
const results = {
  ...{ began: '2026-01-02T03:04:05.000Z', minutes: 3.2, repetitions: 3, quick: false, machine: '2 cores' },
  outcomes: [outcome],
};

describe('what the bench makes of its measurements', () => {
  test('the median of an even number lies between the two in the middle', () => {
    expect([median([3, 1, 2]), median([4, 1, 3, 2]), median([7])]).toEqual([2, 2.5, 7]);
    expect(median([])).toBeNaN();
    expect(spreadOf([3, Number.NaN, 1])).toEqual({ median: 2, least: 1, most: 3 });
  });

  test('a quantile is the least value that so many do not exceed', () => {
    expect([0.5, 0.75, 0.95].map((share) => quantile([4, 1, 3, 2], share))).toEqual([2, 3, 4]);
    expect(quantile([], 0.5)).toBeNaN();
  });

  test('what the web chat took is told with its bars, one of which is missed', () => {
    const rows = summarise(
      [
        { ms: 3, kB: 1 },
        { ms: 1, kB: 1 },
      ],
      { ms: 1.5 },
    );
    expect(toMarkdown(rows)).toBe(
      [
        '|  | median of the runs | least – most | at most |',
        '| --- | ---: | ---: | ---: |',
        '| ms | 2 | 1 – 3 | 1.5 (missed) |',
        '| kB | 1 | 1 – 1 |  |',
        '',
      ].join('\n'),
    );
  });

  test('a table has the median and the range of each subject, and no column that nobody filled', () => {
    expect(toTable([column, { ...column, figure: 'nothing' }], runs)).toBe(
      [
        '|  | what | cost, µs |',
        '| --- | --- | ---: |',
        '| ten | C relay | 1.0 |',
        '| ten | plain Node | 2.0 |',
        '| ten | HotPlex | **4.0** (3.0–9.0) |',
      ].join('\n'),
    );
  });

  test('a bar is met by the ratio of the medians, and is not judged where nothing was measured', () => {
    expect(judge([bar], runs)).toEqual([
      { says: 'cost by plain Node’s', goal: '≤ 2', value: 2, isMet: true },
    ]);
    expect(judge([{ ...bar, atMost: 1.9 }], runs)[0]?.isMet).toBe(false);
    expect(judge([{ ...bar, by: undefined, atMost: undefined, atLeast: 5 }], runs)).toEqual([
      { says: 'cost by plain Node’s', goal: '≥ 5', value: 4, isMet: false },
    ]);
    expect(judge([{ ...bar, case: 'eleven' }], runs)).toEqual([]);
  });

  test('a picture has a point and a range for each subject, inside its frame', () => {
    const picture = draw(column, runs);
    expect(
      picture
        .match(/<g class="hotplex"><line[^>]+x1="([\d.]+)" x2="([\d.]+)"/)
        ?.slice(1)
        .map(Number),
    ).toSatisfy(([from = 0, to = 0]: number[]) => from >= 130 && from < to && to <= 650);
    expect(picture.match(/<circle/g)).toHaveLength(6);
    expect(picture).not.toMatch(/NaN|Infinity/);
  });

  test('a figure that never changes has a picture, too', () => {
    expect(draw(column, [run('hotplex', 1)])).not.toMatch(/NaN|Infinity/);
  });

  test('the report says when, where and how often, what was aimed at, and what did not come to its end', () => {
    const { markdown, pictures } = toReport(
      { ...results, outcomes: [{ ...outcome, problem: 'no room' }] },
      [scenario],
      './performance',
    );
    expect(markdown).toContain('Measured on 2026-01-02, within 4 min, 3 times each. The machine: 2 cores.');
    expect(markdown).toContain('others used 10 % of it');
    expect(markdown).toContain('| cost by plain Node’s | ≤ 2 | 2.00 | yes |');
    expect(markdown).toContain('This did not come to its end: no room');
    expect(markdown).toContain('![cost, µs](./performance/small-cost.svg)');
    expect([...pictures.keys()]).toEqual(['small-cost.svg']);
  });

  test('a scenario that failed before anything was measured has its place in the report, and no picture', () => {
    const failed = { scenario: 'small', runs: [], problem: 'no room' };
    const { markdown, pictures } = toReport({ ...results, outcomes: [failed] }, [scenario], '.');
    expect(markdown).toContain('This did not come to its end: no room');
    expect(pictures.size).toBe(0);
  });

  test('a page is changed between its marks only', () => {
    const page = replaceBetween(
      'a\n<!-- What follows is written by `pnpm bench --publish`. -->\nold\n<!-- So far `pnpm bench --publish`. -->\nb',
      'new\n',
    );
    expect(page).toMatch(/^a\n[^\n]+\n\nnew\n\n[^\n]+\nb$/);
    expect(() => replaceBetween('a', 'new')).toThrow('lacks the mark');
  });

  test('no two scenarios have a name', () => {
    const names = scenarios.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
