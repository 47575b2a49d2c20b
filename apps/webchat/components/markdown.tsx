'use client';
import { lazy, memo, Suspense } from 'react';

// The renderer is most of the page's code; the shell appears without it.
const MarkdownView = lazy(async () => ({ default: (await import('./markdown-view.tsx')).MarkdownView }));

type Props = { text: string; streaming: boolean };

/** An agent's text. Until the renderer has arrived it is shown as it is. */
export const Markdown = memo(function Markdown(props: Props) {
  return (
    <div className="min-w-0 break-words text-[0.95rem] leading-relaxed" data-testid="markdown">
      <Suspense fallback={<p className="whitespace-pre-wrap break-words">{props.text}</p>}>
        <MarkdownView {...props} />
      </Suspense>
    </div>
  );
});
