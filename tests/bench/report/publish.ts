import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Scenario } from '../scenarios/scenario.ts';
import type { Results } from './results.ts';
import { toReport } from './to-report.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const kept = join(root, 'bench-results');
const page = join(root, 'docs/performance.md');
const pictureFolder = 'performance';

const begin = '<!-- What follows is written by `pnpm bench --publish`. -->';
const end = '<!-- So far `pnpm bench --publish`. -->';

/** Keeps the results and a report of them where Git does not look; returns the folder. */
export function keep(results: Results, scenarios: readonly Scenario[]): string {
  mkdirSync(kept, { recursive: true });
  const { markdown, pictures } = toReport(results, scenarios, '.');
  writeFileSync(join(kept, 'results.json'), `${JSON.stringify(results, null, 1)}\n`);
  writeFileSync(join(kept, 'report.md'), markdown);
  for (const [name, picture] of pictures) writeFileSync(join(kept, name), picture);
  return kept;
}

/** Writes the report into the documentation, between two marks; what is around them is written by hand. */
export function publish(results: Results, scenarios: readonly Scenario[]): void {
  const { markdown, pictures } = toReport(results, scenarios, `./${pictureFolder}`);
  writeFileSync(page, replaceBetween(readFileSync(page, 'utf8'), markdown));
  const folder = join(root, 'docs', pictureFolder);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const [name, picture] of pictures) writeFileSync(join(folder, name), picture);
}

/** Throws if the marks are not there. */
export function replaceBetween(text: string, inner: string): string {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`docs/performance.md lacks the mark ${begin} or ${end}`);
  return `${text.slice(0, from + begin.length)}\n\n${inner}\n${text.slice(to)}`;
}
