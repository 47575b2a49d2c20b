'use client';
import { ImageIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { useTexts } from '../lib/texts/use-texts.ts';
import { MarkdownLink } from './markdown-link.tsx';

type Props = Pick<ComponentProps<'img'>, 'src' | 'alt'>;

/** An image an agent wrote. Embedded data is shown; anything else would tell another host that it was seen, so it is a link. */
export function MarkdownImage({ src, alt = '' }: Props) {
  const texts = useTexts();
  const address = typeof src === 'string' ? src : '';
  if (/^data:image\/(png|jpeg|gif|webp);/i.test(address)) {
    return <img src={address} alt={alt} className="max-h-96 max-w-full rounded-lg border" />;
  }
  return (
    <span className="inline-flex items-center gap-1.5 rounded-md border bg-muted px-2 py-0.5 text-sm">
      <ImageIcon aria-hidden className="size-4 text-muted-foreground" />
      <MarkdownLink href={address}>{texts.conversation.image(alt)}</MarkdownLink>
    </span>
  );
}
