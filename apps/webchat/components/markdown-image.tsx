'use client';
import { ImageIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { useTexts } from '../lib/texts/use-texts.ts';
import { MarkdownLink } from './markdown-link.tsx';

type Props = Pick<ComponentProps<'img'>, 'src' | 'alt'>;

/** An image an agent wrote, as a link: loading it would tell another host that it was seen. */
export function MarkdownImage({ src, alt = '' }: Props) {
  const texts = useTexts();
  return (
    <span className="inline-flex items-center gap-1.5 rounded-md border bg-muted px-2 py-0.5 text-sm">
      <ImageIcon aria-hidden className="size-4 text-muted-foreground" />
      <MarkdownLink href={typeof src === 'string' ? src : undefined}>
        {texts.conversation.image(alt)}
      </MarkdownLink>
    </span>
  );
}
