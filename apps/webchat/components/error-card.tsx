'use client';
import { CircleX } from 'lucide-react';
import { toErrorWords } from '../lib/error-words.ts';
import { toStartProblem } from '../lib/start-problem.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { StartObstacle } from './start-obstacle.tsx';
import { Button } from './ui/button.tsx';

type Props = { error: unknown; onDismiss?: () => void };

/** A failure: what happened, its code, and what to do about it. */
export function ErrorCard({ error, onDismiss }: Props) {
  const texts = useTexts();
  const words = toErrorWords(error, texts.errors);
  // Then it says why, and the way on.
  const isExplained = toStartProblem(error) !== undefined;
  return (
    <div
      role="alert"
      data-testid="error"
      className="flex items-start gap-2.5 rounded-lg border border-destructive/40 bg-destructive-surface px-3.5 py-2.5 text-sm"
    >
      <CircleX aria-hidden className="mt-0.5 size-4 shrink-0 text-destructive" />
      <div className="min-w-0 flex-1">
        <p className="break-words font-medium first-letter:uppercase">{words.message}</p>
        {words.remedy !== undefined && !isExplained && (
          <p className="mt-0.5 text-muted-foreground">{words.remedy}</p>
        )}
        <StartObstacle error={error} />
        {words.code !== undefined && (
          <p className="mt-1.5 break-words text-muted-foreground text-xs">
            <span className="font-mono">{words.code}</span>
            {words.detail !== undefined && !isExplained && <> · {words.detail}</>}
          </p>
        )}
      </div>
      {onDismiss && (
        <Button size="small" onClick={onDismiss}>
          {texts.close}
        </Button>
      )}
    </div>
  );
}
