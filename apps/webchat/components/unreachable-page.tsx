'use client';
import { useEffect, useRef } from 'react';
import { useTexts } from '../lib/texts/use-texts.ts';
import { useOnline } from '../lib/use-online.ts';
import { Button } from './ui/button.tsx';
import { FullPage } from './ui/full-page.tsx';

const retryMs = 3000;

/** The gateway does not answer; it is asked again until it does. */
export function UnreachablePage({ onRetry }: { onRetry: () => void }) {
  const texts = useTexts();
  const online = useOnline();
  const retry = useRef(onRetry);
  useEffect(() => {
    retry.current = onRetry;
  });
  useEffect(() => {
    const timer = setInterval(() => retry.current(), retryMs);
    return () => clearInterval(timer);
  }, []);
  return (
    <FullPage title={online ? texts.unreachable.title : texts.connection.offline}>
      <p className="text-muted-foreground" role="status">
        {online ? texts.unreachable.explain : texts.unreachable.offline}
      </p>
      <div>
        <Button onClick={onRetry}>{texts.tryAgain}</Button>
      </div>
    </FullPage>
  );
}
