import { expect, test } from 'vitest';
import { toCsv } from '../../../lib/admin/to-csv.ts';

test('rows are lines, and what needs quotes has them', () => {
  expect(
    toCsv([
      ['day', 'name'],
      ['2026-11-27', 'a "b", c'],
      [-1, null],
    ]),
  ).toBe('day,name\r\n2026-11-27,"a ""b"", c"\r\n-1,\r\n');
});

test('no name is a formula of a spreadsheet', () => {
  expect(toCsv([['=HYPERLINK("x")', '+1', '-1', '@a']])).toBe(`"'=HYPERLINK(""x"")",'+1,'-1,'@a\r\n`);
});
