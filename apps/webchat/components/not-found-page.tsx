'use client';
import { useTexts } from '../lib/texts/use-texts.ts';
import { FullPage } from './ui/full-page.tsx';

/** What an unknown address shows. */
export function NotFoundPage() {
  const texts = useTexts();
  return (
    <FullPage title={texts.notFound.title}>
      <a href="/" className="text-primary underline underline-offset-4">
        {texts.notFound.home}
      </a>
    </FullPage>
  );
}
