'use client';
import { memo } from 'react';
import { useDrawnText } from '../lib/use-drawn-text.ts';
import { MarkdownView } from './markdown-view.tsx';

type Props = { text: string; streaming: boolean };

const View = memo(MarkdownView);

/** An agent's text. A key that is pressed goes before a word that came in. */
export const Markdown = memo(function Markdown({ text, streaming }: Props) {
  const drawn = useDrawnText(text);
  return (
    <div className="min-w-0 break-words text-[0.95rem] leading-relaxed" data-testid="markdown">
      <View text={drawn} streaming={streaming || drawn !== text} />
    </div>
  );
});
