'use client';
import { Fragment, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { LineComment } from './line-comment.tsx';

/** One row of a table of code, and the line in it that can be spoken about. */
export type CodeRow = { key: string; line: number | undefined; text: string; cells: ReactNode; look: string };

type Props = {
  path: string;
  rows: readonly CodeRow[];
  columns: number;
  label: string;
  /** The line to lead to. */
  at?: number | undefined;
};

/** As many are drawn at first: more would make the page slow. */
const most = 500;
/** And so many behind the line to lead to. */
const behind = 100;

/** Lines of code, one below the other. Arrows go from line to line, Enter comments on one. */
export function CodeLines({ path, rows, columns, label, at = 0 }: Props) {
  const texts = useTexts();
  const [commented, setCommented] = useState<string>();
  const [all, setAll] = useState(false);
  const shown = all ? rows : rows.slice(0, Math.max(most, at + behind));
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    section.current?.querySelector(`[data-row="${at}"]`)?.scrollIntoView({ block: 'center' });
  }, [at, path]);
  return (
    <section
      ref={section}
      aria-label={label}
      // NOTE: a table that is wider than the panel is scrolled by the keyboard only if it can be focused.
      tabIndex={0}
      className="overflow-x-auto"
    >
      <table onKeyDown={moveByArrows} className="w-full border-collapse font-mono text-xs leading-relaxed">
        <tbody>
          {shown.map((row) => (
            <Fragment key={row.key}>
              <tr
                data-row={row.line}
                className={row.look}
                onClick={(event) => chosen(event.target) && setCommented(row.key)}
              >
                {row.cells}
              </tr>
              {commented === row.key && row.line !== undefined && (
                <tr>
                  <td colSpan={columns} className="p-0">
                    <LineComment
                      place={{ path, line: row.line, text: row.text }}
                      onClose={() => setCommented(undefined)}
                    />
                  </td>
                </tr>
              )}
            </Fragment>
          ))}
        </tbody>
      </table>
      {shown.length < rows.length && (
        <Button tone="quiet" size="small" className="m-2" onClick={() => setAll(true)}>
          {texts.changes.showAll(rows.length)}
        </Button>
      )}
    </section>
  );
}

/** The number of a line; to press it is to comment on the line. Only the first one is in the way of the Tab key. */
export function LineNumber({ line, isFirst = false }: { line: number; isFirst?: boolean }) {
  const texts = useTexts();
  return (
    <button
      type="button"
      data-line
      tabIndex={isFirst ? 0 : -1}
      aria-label={texts.changes.comment(line)}
      title={texts.changes.comment(line)}
      className="w-full min-w-8 cursor-pointer rounded-xs px-1 text-right text-muted-foreground tabular-nums hover:bg-accent hover:text-foreground"
    >
      {line}
    </button>
  );
}

const chosen = (target: EventTarget): boolean =>
  target instanceof Element && target.closest('[data-line]') !== null;

function moveByArrows(event: KeyboardEvent<HTMLTableElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0 || !(event.target instanceof HTMLButtonElement)) return;
  const lines = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('[data-line]')];
  const next = lines[lines.indexOf(event.target) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
