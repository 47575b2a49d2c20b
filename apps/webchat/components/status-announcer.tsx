'use client';
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../lib/texts/use-texts.ts';

/** Tells screen readers what the agent is doing: it starts, it waits, it has finished. */
export function StatusAnnouncer({ running, waiting }: { running: boolean; waiting: number }) {
  const texts = useTexts();
  const wasRunning = useRef(running);
  const [words, setWords] = useState('');
  useEffect(() => {
    if (waiting > 0) setWords(texts.conversation.pending(waiting));
    else if (running) setWords(texts.conversation.working);
    else if (wasRunning.current) setWords(texts.conversation.finished);
    wasRunning.current = running;
  }, [running, waiting, texts]);
  return (
    <div role="status" aria-live="polite" className="sr-only" data-testid="status">
      {words}
    </div>
  );
}
