'use client';
import { toErrorWords } from '../lib/error-words.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { NoticeLine } from './notice-line.tsx';

/** Stands where a part could not be drawn. */
export function UnshowablePart({ error }: { error: unknown }) {
  const texts = useTexts();
  return (
    <NoticeLine tone="warning">
      {texts.errors.join(texts.crashed.part, toErrorWords(error, texts.errors).message)}
    </NoticeLine>
  );
}
