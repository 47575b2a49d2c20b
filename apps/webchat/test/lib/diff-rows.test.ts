import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DiffRow, diffRows } from '../../lib/diff-rows.ts';

const lines = (count: number) => Array.from({ length: count }, (_, index) => `line ${index + 1}`).join('\n');
const draw = (row: DiffRow) => {
  if (row.kind === 'gap') return `… ${row.lines}`;
  if (row.kind === 'context') return `${row.oldLine} ${row.newLine}  ${row.text}`;
  return row.kind === 'added' ? `${row.newLine} +${row.text}` : `${row.oldLine} -${row.text}`;
};

test('a change in the middle has three lines around it and gaps for the rest', () => {
  const { rows, added, removed } = diffRows(lines(20), lines(20).replace('line 10', 'line ten'));
  expect(rows.map(draw)).toEqual([
    '… 6',
    '7 7  line 7',
    '8 8  line 8',
    '9 9  line 9',
    '10 -line 10',
    '10 +line ten',
    '11 11  line 11',
    '12 12  line 12',
    '13 13  line 13',
    '… 7',
  ]);
  expect([added, removed]).toEqual([1, 1]);
});

test('a new file is added lines and nothing else', () => {
  expect(diffRows(null, 'a\nb\n').rows.map(draw)).toEqual(['1 +a', '2 +b']);
});

test('an emptied file is removed lines and nothing else', () => {
  expect(diffRows('a\nb\n', '').rows.map(draw)).toEqual(['1 -a', '2 -b']);
});

test('equal texts have no rows', () => {
  expect(diffRows('same\n', 'same\n')).toEqual({ rows: [], added: 0, removed: 0 });
});

test('rows carry the right numbers and the whole change, whatever the texts', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 40 })
    .map((words) => words.map((word) => `${word}\n`).join(''));
  fc.assert(
    fc.property(text, text, (oldText, newText) => {
      const { rows } = diffRows(oldText, newText);
      const [oldLines, newLines] = [oldText.split('\n'), newText.split('\n')];
      let covered = 0;
      for (const row of rows) {
        if (row.kind !== 'added') covered += row.kind === 'gap' ? row.lines : 1;
        if (row.kind === 'removed' || row.kind === 'context')
          expect(oldLines[row.oldLine - 1]).toBe(row.text);
        if (row.kind === 'added' || row.kind === 'context') expect(newLines[row.newLine - 1]).toBe(row.text);
      }
      if (oldText !== newText) expect(covered).toBe(oldLines.length - 1);
    }),
  );
});
