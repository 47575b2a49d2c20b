'use client';
import { useTexts } from '../lib/texts/use-texts.ts';
import { Button } from './ui/button.tsx';
import { FullPage } from './ui/full-page.tsx';

/** What is left when the page itself failed: what to do, and what to report. */
export function CrashedPage({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const texts = useTexts();
  return (
    <FullPage title={texts.crashed.title}>
      <p className="text-muted-foreground">{texts.crashed.explain}</p>
      <div className="flex gap-2">
        <Button tone="primary" onClick={onRetry}>
          {texts.tryAgain}
        </Button>
        <Button onClick={() => location.reload()}>{texts.crashed.reload}</Button>
      </div>
      <details className="text-muted-foreground text-sm">
        <summary className="cursor-pointer">{texts.crashed.details}</summary>
        <pre className="mt-2 overflow-x-auto rounded-md bg-muted p-3 text-xs">{error.message}</pre>
      </details>
    </FullPage>
  );
}
