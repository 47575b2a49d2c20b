'use client';
import { type ComponentProps, memo, useMemo } from 'react';
import { type Components, defaultRehypePlugins, Streamdown } from 'streamdown';
import { classNames } from '../lib/class-names.ts';
import { framesByDirection } from '../lib/markdown/frame-direction.ts';
import { hasMath, withDollarMath } from '../lib/markdown/math-delimiters.ts';
import { splitLong } from '../lib/markdown/split-long.ts';
import { withoutUnfinishedFence } from '../lib/markdown/unfinished-fence.ts';
import { withoutUnfinishedTable } from '../lib/markdown/unfinished-table.ts';
import { useMathPlugin } from '../lib/markdown/use-math-plugin.ts';
import { safeLink } from '../lib/safe-link.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { MarkdownCode } from './markdown-code.tsx';
import { MarkdownImage } from './markdown-image.tsx';
import { MarkdownLink } from './markdown-link.tsx';

// NOTE: without the "raw" plugin HTML in a text stays text; what is left is sanitized all the same.
const rehypePlugins = [defaultRehypePlugins.sanitize, framesByDirection].filter(
  (plugin) => plugin !== undefined,
);
const components = {
  a: ({ href, children }: ComponentProps<'a'>) => <MarkdownLink href={href}>{children}</MarkdownLink>,
  code: MarkdownCode,
  img: ({ src, alt }: ComponentProps<'img'>) => <MarkdownImage src={src} alt={alt} />,
} as Components;
const controls = {
  table: { copy: true, download: false, fullscreen: false },
  image: false,
} as const;
const keepUrl = (url: string) => safeLink(url) ?? url;

type Props = { text: string; streaming: boolean };

/** Markdown as it streams in. No raw HTML, no foreign images, only harmless links (X5). */
export function MarkdownView({ text, streaming }: Props) {
  const pieces = splitLong(text);
  return pieces.map((piece, index) => (
    <Piece key={index} text={piece} streaming={streaming} behind={pieces.length - 1 - index} />
  ));
}

type PieceProps = Props & {
  /** How many pieces come behind it. */
  behind: number;
};

/**
 * One of the pieces of a text. They cost nothing while they are out of sight, but for the last two: what is new would be drawn
 * at a made-up height first, and what is in sight would be gone for the frame in which the browser finds that out, and the
 * text would jump. When a second one comes behind it a piece is further up, and its height is known.
 */
const Piece = memo(function Piece({ text, streaming, behind }: PieceProps) {
  const texts = useTexts();
  const isWritten = streaming && behind === 0;
  const readable = useMemo(
    () => withDollarMath(isWritten ? withoutUnfinishedTable(withoutUnfinishedFence(text)) : text),
    [text, isWritten],
  );
  const math = useMathPlugin(hasMath(readable));
  const plugins = useMemo(() => (math ? { math } : {}), [math]);
  const translations = useMemo(
    () => ({ copyCode: texts.copy, copied: texts.copied, copyTable: texts.copy }),
    [texts],
  );
  return (
    <Streamdown
      className={classNames(
        '[contain-intrinsic-size:auto_40rem]',
        behind > 0 && 'mb-4',
        behind > 1 && '[content-visibility:auto]',
      )}
      plugins={plugins}
      rehypePlugins={rehypePlugins}
      components={components}
      controls={controls}
      urlTransform={keepUrl}
      linkSafety={{ enabled: false }}
      translations={translations}
      isAnimating={isWritten}
      tableMaxHeight={0}
    >
      {readable}
    </Streamdown>
  );
});
