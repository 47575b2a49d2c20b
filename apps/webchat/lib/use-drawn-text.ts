'use client';
import { startTransition, useEffect, useState } from 'react';

/** So many characters more are drawn at a time; they take a few milliseconds, in which a key need not wait. */
const step = 2_000;
/** Of megabytes a part of what is left: each step costs something for all that is drawn already. */
const leastShare = 1 / 8;

/**
 * Of a text that grows, how much is drawn by now: the rest follows step by step, and every key goes before the next one. One
 * long step would be begun anew with every key, and be done at last while the keys wait.
 */
export function useDrawnText(text: string): string {
  const [drawn, setDrawn] = useState(text);
  const next = nextStep(drawn, text);
  useEffect(() => {
    if (next !== drawn) startTransition(() => setDrawn(next));
  }, [next, drawn]);
  return drawn;
}

/** What to draw after `drawn` on the way to `text`, up to the end of a line where one is near; another text is drawn whole. */
export function nextStep(drawn: string, text: string): string {
  const share = Math.ceil((text.length - drawn.length) * leastShare);
  const least = drawn.length + Math.max(step, share);
  if (text.length <= least || !text.startsWith(drawn)) return text;
  const line = text.indexOf('\n', least) + 1;
  return text.slice(0, line > 0 && line <= least + step ? line : least);
}
