'use client';
import { useState } from 'react';

export type AnswerState = 'open' | 'sending' | 'failed';

/** Sends an answer once: while it is on its way nothing else is sent; a failed one may be tried again. */
export function useAnswer(): { state: AnswerState; answer: (send: () => Promise<void>) => void } {
  const [state, setState] = useState<AnswerState>('open');
  const answer = (send: () => Promise<void>) => {
    if (state === 'sending') return;
    setState('sending');
    send().catch(() => setState('failed'));
  };
  return { state, answer };
}
