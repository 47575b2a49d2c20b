'use client';
import { lazy, memo, Suspense } from 'react';
import { useDrawnText } from '../lib/use-drawn-text.ts';

// The renderer is most of the page's code; the shell appears without it.
const MarkdownView = lazy(async () => ({
  default: memo((await import('./markdown-view.tsx')).MarkdownView),
}));

type Props = { text: string; streaming: boolean };

/** An agent's text. Until the renderer has arrived it is shown as it is. A key that is pressed goes before a word that came in. */
export const Markdown = memo(function Markdown({ text, streaming }: Props) {
  const drawn = useDrawnText(text);
  return (
    <div className="min-w-0 break-words text-[0.95rem] leading-relaxed" data-testid="markdown">
      <Suspense fallback={<p className="whitespace-pre-wrap break-words">{text}</p>}>
        <MarkdownView text={drawn} streaming={streaming || drawn !== text} />
      </Suspense>
    </div>
  );
});
