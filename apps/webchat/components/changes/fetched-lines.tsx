'use client';
import type { ReactNode } from 'react';
import { toErrorWords } from '../../lib/error-words.ts';
import { useTexts } from '../../lib/texts/use-texts.ts';
import type { Fetched } from '../../lib/use-fetched.ts';
import { Skeleton } from '../ui/skeleton.tsx';

type Props = { fetched: Fetched<unknown>; isText: boolean; children: ReactNode };

/** The lines of a file once they are there, or why they are not. */
export function FetchedLines({ fetched: { value, error }, isText, children }: Props) {
  const texts = useTexts();
  if (error !== undefined) {
    const words = toErrorWords(error, texts.errors);
    return (
      <p role="alert" title={words.detail} className="p-3 text-muted-foreground text-xs">
        {texts.errors.join(texts.changes.failed, words.message)}
      </p>
    );
  }
  if (value === undefined) return <Skeleton className="m-3 h-12" />;
  if (!isText) return <p className="p-3 text-muted-foreground text-xs">{texts.changes.noText}</p>;
  return children;
}
