import { openFence } from './unfinished-fence.ts';

/** Characters. More than that is shown as it comes; by then the columns of a table seldom change. */
const mostHeldBack = 600;

const row = /^ {0,3}\|/;

/**
 * A text that is still being written, without a short table at its end that may go on: each row may make a column wider, and
 * all others would move.
 */
export function withoutUnfinishedTable(text: string): string {
  const lines = text.split('\n');
  const isAtLineStart = lines.at(-1) === '';
  const last = lines.length - (isAtLineStart ? 2 : 1);
  let first = last + 1;
  while (first > 0 && row.test(lines[first - 1] ?? '')) first -= 1;
  if (first > last) return text;
  const before = lines
    .slice(0, first)
    .map((line) => `${line}\n`)
    .join('');
  const isShort = text.length - before.length <= mostHeldBack;
  return isShort && openFence(before) === undefined ? before : text;
}
