'use client';
import { useMemo } from 'react';
import { classNames } from '../../lib/class-names.ts';
import { type ColouredLines, useColours } from '../../lib/use-colours.ts';
import { CodeLines, type CodeRow, LineNumber } from './code-lines.tsx';
import { CodeText } from './code-text.tsx';

type Props = {
  path: string;
  text: string;
  /** The line to lead to. */
  at?: number | undefined;
  /** Whether long lines go on below. */
  wraps?: boolean;
};

/** A text line by line, with numbers and in its colours. */
export function TextLines({ path, text, at, wraps = false }: Props) {
  const colours = useColours(path, text);
  const rows = useMemo(() => toRows(text, { colours, at, wraps }), [text, colours, at, wraps]);
  return <CodeLines path={path} rows={rows} columns={2} label={path} at={at} />;
}

type Looks = { colours: ColouredLines | undefined; at: number | undefined; wraps: boolean };

function toRows(text: string, { colours, at, wraps }: Looks): CodeRow[] {
  const lines = text.endsWith('\n') ? text.slice(0, -1).split('\n') : text.split('\n');
  return lines.map((words, index) => ({
    ...{ key: String(index), line: index + 1, text: words, look: index + 1 === at ? 'bg-accent' : '' },
    cells: (
      <>
        <td className="w-0 select-none p-0 align-top">
          <LineNumber line={index + 1} isFirst={index === 0} />
        </td>
        <td className={classNames('pr-3 pl-2', wraps ? 'whitespace-pre-wrap break-all' : 'whitespace-pre')}>
          <CodeText text={words} lines={colours} line={index + 1} />
        </td>
      </>
    ),
  }));
}
