'use client';
import { useTexts } from '../lib/texts/use-texts.ts';
import { Logo } from './ui/logo.tsx';

/** The first moment: nothing is known yet. */
export function SplashPage() {
  const texts = useTexts();
  return (
    <main className="flex min-h-dvh items-center justify-center" aria-busy="true">
      <h1 className="sr-only">{texts.appName}</h1>
      <Logo className="size-10 animate-pulse-soft" />
      <span className="sr-only" role="status">
        {texts.loading}
      </span>
    </main>
  );
}
