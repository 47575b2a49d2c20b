import { expect, test } from 'vitest';
import { withoutUnfinishedTable } from '../../lib/markdown/unfinished-table.ts';

const table = '| tea | minutes |\n|---|---:|\n| green | 2 |\n| black | 4 |\n';

test('a table is held back until the line behind it says that it is whole', () => {
  const text = `Tea:\n\n${table}`;
  for (let length = 'Tea:\n\n|'.length; length <= text.length; length += 1)
    expect(withoutUnfinishedTable(text.slice(0, length))).toBe('Tea:\n\n');
  for (const behind of ['\n', 'More', '> Quoted', '\n| another'])
    expect(withoutUnfinishedTable(`${text}${behind}`)).toContain('| black | 4 |\n');
});

test('a table right behind a line of words is one, too, and one at the beginning', () => {
  expect(withoutUnfinishedTable(`Tea:\n${table}`)).toBe('Tea:\n');
  expect(withoutUnfinishedTable(table)).toBe('');
});

test('a long one is shown as it comes', () => {
  const long = table + '| white | 3 |\n'.repeat(50);
  expect(withoutUnfinishedTable(long)).toBe(long);
});

test('in code there are no tables, and words are words', () => {
  for (const text of ['```sh\ncat a \\\n| sort', 'a | b', 'no table\n', ''])
    expect(withoutUnfinishedTable(text)).toBe(text);
});
