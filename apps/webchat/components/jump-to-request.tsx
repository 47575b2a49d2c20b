'use client';
import { BellRing } from 'lucide-react';
import type { RefObject } from 'react';
import { requestElementId } from '../lib/open-requests.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { whenAtRest } from '../lib/when-at-rest.ts';
import { FloatingButton } from './ui/floating-button.tsx';

type Props = { requests: readonly string[]; scrollRef: RefObject<HTMLElement | null> };

/** Says that the agent waits for an answer that is not in sight; leads to the oldest open card and puts the keyboard there. */
export function JumpToRequest({ requests, scrollRef }: Props) {
  const texts = useTexts();
  const go = () => {
    const card = document.getElementById(requestElementId(requests[0] ?? ''));
    card?.scrollIntoView({ block: 'center' });
    card?.focus({ preventScroll: true });
  };
  return (
    <FloatingButton
      className="border-warning/60 bg-warning-surface enabled:hover:bg-warning-surface"
      onClick={() => scrollRef.current && whenAtRest(scrollRef.current, go)}
    >
      <BellRing aria-hidden className="text-warning" />
      {texts.conversation.pending(requests.length)}
    </FloatingButton>
  );
}
