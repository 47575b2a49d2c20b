'use client';
import { type CSSProperties, memo } from 'react';
import {
  CodeBlockContainer,
  CodeBlockCopyButton,
  CodeBlockHeader,
  type CustomRendererProps,
  type HighlightResult,
} from 'streamdown';
import { useBlockColours } from '../lib/markdown/use-block-colours.ts';
import { withoutLastLines } from '../lib/markdown/without-last-lines.ts';

type Props = Pick<CustomRendererProps, 'code' | 'language' | 'isIncomplete'>;
type Tokens = HighlightResult['tokens'][number];

/**
 * A block of code, with its language and a button that copies it. The renderer of Markdown has one, too, which draws new lines
 * a frame after the words behind the block, and those would jump.
 */
export const CodeBlock = memo(function CodeBlock({ code, language, isIncomplete }: Props) {
  const shown = withoutLastLines(code);
  const { tokens, bg, rootStyle } = useBlockColours({ code: shown, language, isIncomplete });
  return (
    <CodeBlockContainer dir="ltr" language={language} isIncomplete={isIncomplete}>
      <CodeBlockHeader language={language} />
      <div className="pointer-events-none absolute top-2 right-2 z-10 flex items-center">
        <div
          data-streamdown="code-block-actions"
          className="pointer-events-auto flex shrink-0 items-center gap-2 rounded-md px-1.5 py-1"
        >
          <CodeBlockCopyButton code={code} />
        </div>
      </div>
      <div data-language={language} data-streamdown="code-block-body" className="overflow-x-auto">
        <pre
          className="bg-[var(--sdm-bg,inherit)] dark:bg-[var(--shiki-dark-bg,var(--sdm-bg,inherit))]"
          style={{ ...variablesOf(rootStyle), '--sdm-bg': bg } as CSSProperties}
        >
          <code>
            {tokens.map((line, index) => (
              <Line key={index} tokens={line} />
            ))}
          </code>
        </pre>
      </div>
    </CodeBlockContainer>
  );
});

/** Its pieces are known by where they begin: one that begins elsewhere in other colours is another one, and none moves. */
const Line = memo(function Line({ tokens }: { tokens: Tokens }) {
  let start = 0;
  const pieces = tokens.map(({ content, htmlStyle: { color, ...style } = {} }) => {
    const key = start;
    start += content.length;
    return (
      <span
        key={key}
        className="text-[var(--sdm-c,inherit)] dark:text-[var(--shiki-dark,var(--sdm-c,inherit))]"
        style={{ ...style, '--sdm-c': color } as CSSProperties}
      >
        {content}
      </span>
    );
  });
  return <span className="block">{start === 0 ? '\n' : pieces}</span>;
});

/** What Shiki declares for all of a code, such as `--shiki-dark-bg:#0a0c10`. */
function variablesOf(declarations: HighlightResult['rootStyle']): Record<string, string> {
  const pairs = (declarations || '').split(';').map((each) => each.split(':'));
  return Object.fromEntries(pairs.flatMap(([name, value]) => (name && value ? [[name, value]] : [])));
}
