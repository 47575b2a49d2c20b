import type { DiffRow } from '../../lib/diff-rows.ts';
import type { Texts } from '../../lib/texts/en.ts';
import type { ColouredLines } from '../../lib/use-colours.ts';
import { type CodeRow, LineNumber } from './code-lines.tsx';
import { CodeText } from './code-text.tsx';

const marks = { context: ' ', removed: '−', added: '+' } as const;
const looks = { context: '', removed: 'bg-removed', added: 'bg-added' } as const;

export type RowLooks = {
  texts: Texts;
  /** The lines of both texts in their colours. */
  colours: { before: ColouredLines | undefined; after: ColouredLines | undefined };
};

/** A diff as rows of code, what went above what came. */
export function unifiedRows(rows: readonly DiffRow[], { texts, colours }: RowLooks): CodeRow[] {
  return rows.map((row, index) => {
    if (row.kind === 'gap') return gapRow(`gap ${index}`, row.lines, texts);
    const line = row.kind === 'removed' ? row.oldLine : row.newLine;
    return {
      ...{ key: `${row.kind} ${line}`, line, text: row.text, look: looks[row.kind] },
      cells: (
        <>
          <td className="w-0 select-none p-0 align-top">
            {row.kind === 'removed' && <LineNumber line={row.oldLine} isFirst={index === 0} />}
          </td>
          <td className="w-0 select-none p-0 align-top">
            {row.kind !== 'removed' && <LineNumber line={row.newLine} isFirst={index === 0} />}
          </td>
          <td className="w-0 select-none px-1.5">
            <span aria-hidden>{marks[row.kind]}</span>
            {row.kind !== 'context' && <span className="sr-only">{texts.tools[row.kind]}</span>}
          </td>
          <td
            className={
              row.kind === 'context' ? 'whitespace-pre pr-3 text-muted-foreground' : 'whitespace-pre pr-3'
            }
          >
            <CodeText
              text={row.text}
              lines={row.kind === 'removed' ? colours.before : colours.after}
              line={line}
            />
          </td>
        </>
      ),
    };
  });
}

/** A row for lines that are left out because nothing changed in them. */
export function gapRow(key: string, lines: number, texts: Texts): CodeRow {
  return {
    ...{ key, line: undefined, text: '', look: 'bg-muted text-muted-foreground' },
    cells: (
      <td colSpan={4} className="px-2.5 py-0.5">
        ⋯ {texts.tools.unchanged(lines)}
      </td>
    ),
  };
}
