'use client';
import { type ComponentProps, memo, useMemo } from 'react';
import { type Components, defaultRehypePlugins, Streamdown } from 'streamdown';
import { framesByDirection } from '../lib/markdown/frame-direction.ts';
import { hasMath, withDollarMath } from '../lib/markdown/math-delimiters.ts';
import { sharedCodePlugin as code } from '../lib/markdown/shared-colours.ts';
import { splitLong } from '../lib/markdown/split-long.ts';
import { withoutUnfinishedFence } from '../lib/markdown/unfinished-fence.ts';
import { useMathPlugin } from '../lib/markdown/use-math-plugin.ts';
import { safeLink } from '../lib/safe-link.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { MarkdownImage } from './markdown-image.tsx';
import { MarkdownLink } from './markdown-link.tsx';
import { MermaidDiagram } from './mermaid-diagram.tsx';

const renderers = [{ language: 'mermaid', component: MermaidDiagram }];
// NOTE: without the "raw" plugin HTML in a text stays text; what is left is sanitized all the same.
const rehypePlugins = [defaultRehypePlugins.sanitize, framesByDirection].filter(
  (plugin) => plugin !== undefined,
);
const components = {
  a: ({ href, children }: ComponentProps<'a'>) => <MarkdownLink href={href}>{children}</MarkdownLink>,
  img: ({ src, alt }: ComponentProps<'img'>) => <MarkdownImage src={src} alt={alt} />,
} as Components;
const controls = {
  table: { copy: true, download: false, fullscreen: false },
  code: { copy: true, download: false },
  mermaid: false,
  image: false,
} as const;
const keepUrl = (url: string) => safeLink(url) ?? url;

type Props = { text: string; streaming: boolean };

/** Markdown as it streams in. No raw HTML, no foreign images, only harmless links (X5). */
export function MarkdownView({ text, streaming }: Props) {
  const pieces = splitLong(text);
  return pieces.map((piece, index) => (
    <Piece key={index} text={piece} streaming={streaming} isLast={index === pieces.length - 1} />
  ));
}

/**
 * One of the pieces of a text. They cost nothing while they are out of sight, but for the last: what is new would be drawn
 * at a made-up height first, and the text would jump. Once it is not the last any more its height is known.
 */
const Piece = memo(function Piece({ text, streaming, isLast }: Props & { isLast: boolean }) {
  const texts = useTexts();
  const isWritten = streaming && isLast;
  const readable = useMemo(
    () => withDollarMath(isWritten ? withoutUnfinishedFence(text) : text),
    [text, isWritten],
  );
  const math = useMathPlugin(hasMath(readable));
  const plugins = useMemo(() => ({ code, renderers, ...(math ? { math } : {}) }), [math]);
  const translations = useMemo(
    () => ({ copyCode: texts.copy, copied: texts.copied, copyTable: texts.copy }),
    [texts],
  );
  return (
    <Streamdown
      className={`[contain-intrinsic-size:auto_40rem] ${isLast ? '' : 'mb-4 [content-visibility:auto]'}`}
      plugins={plugins}
      rehypePlugins={rehypePlugins}
      components={components}
      controls={controls}
      urlTransform={keepUrl}
      linkSafety={{ enabled: false }}
      translations={translations}
      isAnimating={isWritten}
      lineNumbers={false}
      codeBlockMaxHeight={0}
      tableMaxHeight={0}
    >
      {readable}
    </Streamdown>
  );
});
