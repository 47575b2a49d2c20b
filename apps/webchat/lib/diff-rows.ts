import { structuredPatch } from 'diff';

/** One row of a diff as it is drawn. */
export type DiffRow =
  | { kind: 'context'; oldLine: number; newLine: number; text: string }
  | { kind: 'removed'; oldLine: number; text: string }
  | { kind: 'added'; newLine: number; text: string }
  | { kind: 'gap'; lines: number };

export type DiffRows = { rows: DiffRow[]; added: number; removed: number };

const contextLines = 3;

/** Two texts as rows: changes with a little context, and a gap for what is left out. `null` is a file that did not exist. */
export function diffRows(oldText: string | null, newText: string): DiffRows {
  const patch = structuredPatch('', '', oldText ?? '', newText, '', '', { context: contextLines });
  const rows: DiffRow[] = [];
  const count = { added: 0, removed: 0 };
  let shownOld = 0;
  for (const hunk of patch.hunks) {
    let { oldStart: oldLine, newStart: newLine } = hunk;
    if (oldLine > shownOld + 1) rows.push({ kind: 'gap', lines: oldLine - shownOld - 1 });
    for (const line of hunk.lines) {
      const text = line.slice(1);
      if (line.startsWith('-')) {
        rows.push({ kind: 'removed', oldLine: oldLine++, text });
        count.removed += 1;
      } else if (line.startsWith('+')) {
        rows.push({ kind: 'added', newLine: newLine++, text });
        count.added += 1;
      } else if (line.startsWith(' ')) {
        rows.push({ kind: 'context', oldLine: oldLine++, newLine: newLine++, text });
      }
    }
    shownOld = oldLine - 1;
  }
  const rest = lineCount(oldText ?? '') - shownOld;
  if (rows.length > 0 && rest > 0) rows.push({ kind: 'gap', lines: rest });
  return { rows, ...count };
}

function lineCount(text: string): number {
  if (text === '') return 0;
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}
