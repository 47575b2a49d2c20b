import type { DiffRow } from './diff-rows.ts';

type Line = { line: number; text: string };

/** One row of a diff side by side: what was, and what is; a side may have nothing there. */
export type DiffPair =
  | { kind: 'context' | 'change'; before: Line | undefined; after: Line | undefined }
  | { kind: 'gap'; lines: number };

/** The rows of a diff with what came beside what went. */
export function diffPairs(rows: readonly DiffRow[]): DiffPair[] {
  const pairs: DiffPair[] = [];
  /** The first pair of the changes in progress that has no new line yet. */
  let open = 0;
  for (const row of rows) {
    if (row.kind === 'removed') {
      pairs.push({ kind: 'change', before: { line: row.oldLine, text: row.text }, after: undefined });
    } else if (row.kind === 'added') {
      const after = { line: row.newLine, text: row.text };
      const beside = pairs[open];
      if (beside?.kind === 'change' && beside.after === undefined) beside.after = after;
      else pairs.push({ kind: 'change', before: undefined, after });
      open += 1;
    } else {
      if (row.kind === 'gap') pairs.push(row);
      else {
        const { text } = row;
        pairs.push({
          kind: 'context',
          before: { line: row.oldLine, text },
          after: { line: row.newLine, text },
        });
      }
      open = pairs.length;
    }
  }
  return pairs;
}
