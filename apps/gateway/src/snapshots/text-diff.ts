import { isUtf8 } from 'node:buffer';
import { createTwoFilesPatch, structuredPatch } from 'diff';

/** Undefined for what is no text: no UTF-8, or with a NUL. */
export function textOf(content: Buffer): string | undefined {
  return isUtf8(content) && !content.includes(0) ? content.toString('utf8') : undefined;
}

export type LineCounts = { added: number; removed: number };

/** How long two texts may be compared before every line counts as another (milliseconds): one that is shown, one of many. */
const patience = { timeout: 200, maxEditLength: 4_000 };
const countPatience = { ...patience, timeout: 20 };

/** Lines that came and went. A text that is not there is `null`. */
export function countLines(before: string | null, after: string | null): LineCounts {
  if (before === null || after === null) return { added: linesIn(after), removed: linesIn(before) };
  const patch = structuredPatch('', '', before, after, '', '', { context: 0, ...countPatience });
  if (!patch) return { added: linesIn(after), removed: linesIn(before) };
  const lines = patch.hunks.flatMap((hunk) => hunk.lines);
  const count = (mark: string) => lines.filter((line) => line.startsWith(mark)).length;
  return { added: count('+'), removed: count('-') };
}

/** A unified diff of one file, as `git diff` names the sides. */
export function unifiedDiff(path: string, before: string | null, after: string | null): string {
  const names = [
    before === null ? '/dev/null' : `a/${path}`,
    after === null ? '/dev/null' : `b/${path}`,
  ] as const;
  const diff = (from: string, to: string) =>
    createTwoFilesPatch(...names, from, to, undefined, undefined, { context: 3, ...patience });
  const from = before ?? '';
  const to = after ?? '';
  return diff(from, to) ?? `${diff(from, '') ?? ''}${diff('', to) ?? ''}`;
}

function linesIn(text: string | null): number {
  if (text === null || text === '') return 0;
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}
