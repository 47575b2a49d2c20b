import type { Column, Run } from '../scenarios/scenario.ts';
import { figureOf, type Group, groupRuns } from './group-runs.ts';
import { markdownTable } from './markdown-table.ts';
import { showSpread } from './show-spread.ts';
import { subjectTitles } from './subject-titles.ts';

/** A row for each subject of each case, and in each cell the median and, in brackets, the range. */
export function toTable(columns: readonly Column[], runs: readonly Run[]): string {
  const groups = groupRuns(runs);
  const known = columns.filter(({ figure }) => groups.some((group) => figureOf(group, figure)));
  const several = new Set(groups.map(({ subject }) => subject)).size > 1;
  const head = ['', ...(several ? ['what'] : []), ...known.map(({ title }) => title)];
  const rows = groups.map((group) => [
    group.case,
    ...(several ? [subjectTitles[group.subject]] : []),
    ...known.map((column) => toCell(group, column)),
  ]);
  return markdownTable({ head, rows, words: head.length - known.length });
}

function toCell(group: Group, { figure, digits }: Column): string {
  const spread = figureOf(group, figure);
  return spread ? showSpread(spread, { digits, isOne: group.runs.length === 1 }) : '';
}
