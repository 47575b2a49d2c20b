'use client';
import { useState } from 'react';
import { formatDuration } from '../lib/format-duration.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { useNow } from '../lib/use-now.ts';

const second = 1000;
const quietMs = 3000;

/** A sign of life while a turn runs, with the time it has taken so far. */
export function WorkingLine() {
  const texts = useTexts();
  const now = useNow(second);
  const [started] = useState(now);
  const elapsed = now - started;
  return (
    <p data-testid="working" className="flex items-center gap-2 text-muted-foreground text-sm">
      <span aria-hidden className="size-2 animate-pulse-soft rounded-full bg-primary" />
      {texts.conversation.working}
      {elapsed >= quietMs && (
        <span className="tabular-nums">
          {formatDuration(Math.round(elapsed / second) * second).replace('.0', '')}
        </span>
      )}
    </p>
  );
}
