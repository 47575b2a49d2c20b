import { classNames } from '../../lib/class-names.ts';
import type { DiffPair } from '../../lib/diff-pairs.ts';
import type { ColouredLines } from '../../lib/use-colours.ts';
import { type CodeRow, LineNumber } from './code-lines.tsx';
import { CodeText } from './code-text.tsx';
import { gapRow, type RowLooks } from './unified-rows.tsx';

/** A diff as rows of code, what went beside what came. */
export function splitRows(pairs: readonly DiffPair[], { texts, colours }: RowLooks): CodeRow[] {
  return pairs.map((pair, index) => {
    if (pair.kind === 'gap') return gapRow(`gap ${index}`, pair.lines, texts);
    const { before, after, kind } = pair;
    const isChange = kind === 'change';
    const { line, text } = after ?? before ?? { line: undefined, text: '' };
    return {
      ...{ key: `pair ${index}`, line, text, look: '' },
      cells: (
        <>
          <td
            className={classNames(
              'w-0 select-none px-1 text-right align-top text-muted-foreground',
              !before ? 'bg-muted/50' : isChange && 'bg-removed',
            )}
          >
            {after ? before?.line : before && <LineNumber line={before.line} isFirst={index === 0} />}
          </td>
          <Side
            side={before}
            lines={colours.before}
            look={isChange && before ? 'bg-removed' : ''}
            word={isChange && before ? texts.tools.removed : ''}
          />
          <td
            className={classNames(
              'w-0 select-none border-l p-0 align-top',
              !after ? 'bg-muted/50' : isChange && 'bg-added',
            )}
          >
            {after && <LineNumber line={after.line} isFirst={index === 0} />}
          </td>
          <Side
            side={after}
            lines={colours.after}
            look={isChange && after ? 'bg-added' : ''}
            word={isChange && after ? texts.tools.added : ''}
          />
        </>
      ),
    };
  });
}

type SideProps = {
  side: { line: number; text: string } | undefined;
  lines: ColouredLines | undefined;
  look: string;
  word: string;
};

function Side({ side, lines, look, word }: SideProps) {
  return (
    <td
      className={classNames(
        'w-1/2 whitespace-pre-wrap break-all px-1.5 align-top',
        side === undefined ? 'bg-muted/50' : look,
      )}
    >
      {word !== '' && <span className="sr-only">{word} </span>}
      {side && <CodeText text={side.text} lines={lines} line={side.line} />}
    </td>
  );
}
