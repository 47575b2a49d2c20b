'use client';
import { useMemo, useState } from 'react';
import { classNames } from '../../lib/class-names.ts';
import { type DiffRow, diffRows } from '../../lib/diff-rows.ts';
import { useTexts } from '../../lib/texts/use-texts.ts';
import type { FileDiff } from '../../lib/tool-view.ts';
import { type ColouredLines, useColours } from '../../lib/use-colours.ts';
import { CodeText } from '../changes/code-text.tsx';
import { OpenFile } from '../files/open-file.tsx';
import { CopyButton } from '../ui/copy-button.tsx';

const marks = { context: ' ', removed: '−', added: '+' } as const;
const looks = { context: '', removed: 'bg-removed', added: 'bg-added' } as const;

const foldedRows = 60;

/** A change of one file, line by line; a long one is folded until asked for. */
export function DiffView({ diff }: { diff: FileDiff }) {
  const texts = useTexts();
  const { rows } = useMemo(() => diffRows(diff.oldText, diff.newText), [diff.oldText, diff.newText]);
  const before = useColours(diff.path, diff.oldText);
  const after = useColours(diff.path, diff.newText);
  const [open, setOpen] = useState(false);
  const shown = open ? rows : rows.slice(0, foldedRows);
  return (
    <figure data-testid="diff" className="overflow-hidden rounded-md border">
      <figcaption className="flex items-center gap-2 border-b bg-muted py-0.5 pr-1 pl-2.5 font-mono text-xs">
        <OpenFile path={diff.path} />
        {diff.oldText === null && (
          <span className="shrink-0 font-sans text-success">{texts.tools.newFile}</span>
        )}
        <CopyButton
          text={diff.path}
          label={`${texts.labelled(texts.copy)}${diff.path}`}
          className="ml-auto"
        />
      </figcaption>
      <div tabIndex={0} className="overflow-auto">
        <table className="w-full border-collapse font-mono text-xs leading-relaxed">
          <tbody>
            {shown.map((row) => (
              <Row key={keyOf(row, shown)} row={row} lines={row.kind === 'removed' ? before : after} />
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > foldedRows && (
        <button
          type="button"
          aria-expanded={open}
          className="w-full border-t bg-muted py-1.5 text-muted-foreground text-xs hover:bg-accent"
          onClick={() => setOpen(!open)}
        >
          {open ? texts.showLess : texts.showAll(rows.length)}
        </button>
      )}
    </figure>
  );
}

function Row({ row, lines }: { row: DiffRow; lines: ColouredLines | undefined }) {
  const texts = useTexts();
  if (row.kind === 'gap') {
    return (
      <tr className="bg-muted text-muted-foreground">
        <td colSpan={4} className="px-2.5 py-0.5">
          ⋯ {texts.tools.unchanged(row.lines)}
        </td>
      </tr>
    );
  }
  return (
    <tr className={looks[row.kind]}>
      <td className="w-0 select-none px-1.5 text-right text-muted-foreground tabular-nums">
        {row.kind === 'added' ? '' : row.oldLine}
      </td>
      <td className="w-0 select-none px-1.5 text-right text-muted-foreground tabular-nums">
        {row.kind === 'removed' ? '' : row.newLine}
      </td>
      <td className="w-0 select-none px-1">
        <span aria-hidden>{marks[row.kind]}</span>
        {row.kind !== 'context' && <span className="sr-only">{texts.tools[row.kind]}</span>}
      </td>
      <td className={classNames('whitespace-pre pr-3', row.kind === 'context' && 'text-muted-foreground')}>
        <CodeText text={row.text} lines={lines} line={row.kind === 'removed' ? row.oldLine : row.newLine} />
      </td>
    </tr>
  );
}

function keyOf(row: DiffRow, rows: readonly DiffRow[]): string {
  if (row.kind === 'gap') return `gap ${rows.indexOf(row)}`;
  return `${row.kind} ${row.kind === 'added' ? row.newLine : row.oldLine}`;
}
