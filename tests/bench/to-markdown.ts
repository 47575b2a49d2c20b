import { markdownTable } from './report/markdown-table.ts';
import type { Row } from './summarise.ts';

/** Figures as a table for the documentation. */
export function toMarkdown(figures: readonly [string, Row][]): string {
  const rows = figures.map(([name, { median, least, most, bar, met }]) => {
    const verdict = bar === undefined ? '' : `${bar}${met ? '' : ' (missed)'}`;
    return [name, short(median), `${short(least)} – ${short(most)}`, verdict];
  });
  const head = ['', 'median of the runs', 'least – most', 'at most'];
  return `${markdownTable({ head, rows, words: 1 })}\n`;
}

/** Three digits say all that such a figure knows. */
const short = (value: number) => String(Number(value.toPrecision(3)));
