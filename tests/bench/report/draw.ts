import type { Column, Run } from '../scenarios/scenario.ts';
import type { Spread } from '../statistics.ts';
import { figureOf, groupRuns } from './group-runs.ts';
import { subjectTitles } from './subject-titles.ts';

const width = 720;
const [left, right, top, rowHeight, gap, bottom] = [130, 70, 56, 18, 14, 28];
const inner = width - left - right;
const subjects = ['c-relay', 'plain-node', 'hotplex'] as const;

/** Colours that can be read on white and on black: an image does not know what its page chose. */
const style = `<style>
text{font:12px system-ui,sans-serif;fill:#7a7f87}.title{font-weight:600;font-size:13px}.grid{stroke:#8888;stroke-width:.5}
.c-relay{--c:#8a8f98}.plain-node{--c:#3f8f4f}.hotplex{--c:#d9622b}
circle{fill:var(--c)}.range{stroke:var(--c);stroke-width:3;stroke-opacity:.5}
</style>`;

type Scale = { least: number; most: number };
type Row = { case: string; subject: (typeof subjects)[number]; spread: Spread };

/** A figure as a picture (SVG): a point for the median and a line for the range, by case and subject, on a logarithmic scale. */
export function draw({ figure, title, digits }: Column, runs: readonly Run[]): string {
  const rows = groupRuns(runs).flatMap((group): Row[] => {
    const spread = figureOf(group, figure);
    return spread && spread.least > 0 ? [{ ...group, spread }] : [];
  });
  const cases = [...new Set(rows.map((row) => row.case))];
  const scale = toScale(rows.map(({ spread }) => spread));
  const groupHeight = subjects.length * rowHeight + gap;
  const height = top + cases.length * groupHeight + bottom;
  const blocks = cases.map((name, index) => {
    const y = top + index * groupHeight;
    const own = subjects.flatMap(
      (subject) => rows.find((row) => row.case === name && row.subject === subject) ?? [],
    );
    const label = `<text x="${left - 12}" y="${y + groupHeight / 2 - gap / 2 + 4}" text-anchor="end">${name}</text>`;
    return (
      label +
      own
        .map((row, place) => drawRow(row, { scale, y: y + place * rowHeight + rowHeight / 2, digits }))
        .join('')
    );
  });
  const words = `<text class="title" x="8" y="18">${title}</text>`;
  const open = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}">`;
  return [open, style, words, drawLegend(), drawGrid(scale, height - bottom), ...blocks, '</svg>\n'].join(
    '\n',
  );
}

/** From one power of ten to another, with at least one between them. */
function toScale(spreads: readonly Spread[]): Scale {
  const least = Math.floor(Math.log10(Math.min(...spreads.map((spread) => spread.least))));
  const most = Math.ceil(Math.log10(Math.max(...spreads.map((spread) => spread.most))));
  return { least: 10 ** least, most: 10 ** Math.max(most, least + 1) };
}

const xOf = (value: number, { least, most }: Scale) =>
  round(left + (Math.log10(value / least) / Math.log10(most / least)) * inner);

const round = (value: number) => Math.round(value * 10) / 10;

function drawRow(
  { subject, spread }: Row,
  { scale, y, digits }: { scale: Scale; y: number; digits: number },
): string {
  const [from, middle, to] = [spread.least, spread.median, spread.most].map((value) => xOf(value, scale));
  const words = spread.median.toFixed(digits);
  return (
    `<g class="${subject}"><line class="range" x1="${from}" x2="${to}" y1="${y}" y2="${y}"/><circle cx="${middle}" cy="${y}" r="4.5"/>` +
    `<text x="${width - 8}" y="${y + 4}" text-anchor="end">${words}</text></g>`
  );
}

function drawLegend(): string {
  return subjects
    .map((subject, index) => {
      const x = left + index * 110;
      return `<g class="${subject}"><circle cx="${x}" cy="36" r="4.5"/><text x="${x + 10}" y="40">${subjectTitles[subject]}</text></g>`;
    })
    .join('');
}

function drawGrid(scale: Scale, to: number): string {
  const powers = Math.round(Math.log10(scale.most / scale.least));
  return Array.from({ length: powers + 1 }, (_, power) => {
    const value = scale.least * 10 ** power;
    const x = xOf(value, scale);
    const words = Number(value.toPrecision(1)).toLocaleString('en');
    return `<line class="grid" x1="${x}" x2="${x}" y1="${top}" y2="${to}"/><text x="${x}" y="${to + 18}" text-anchor="middle">${words}</text>`;
  }).join('');
}
