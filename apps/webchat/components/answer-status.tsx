'use client';
import { useTexts } from '../lib/texts/use-texts.ts';
import type { AnswerState } from '../lib/use-answer.ts';

/** How an answer is on its way. */
export function AnswerStatus({ state }: { state: AnswerState }) {
  const texts = useTexts();
  if (state === 'open') return null;
  return (
    <p
      role={state === 'failed' ? 'alert' : 'status'}
      className={state === 'failed' ? 'text-destructive' : 'text-muted-foreground'}
    >
      {state === 'failed' ? texts.permission.failed : texts.permission.sending}
    </p>
  );
}
