'use client';
import { BellRing } from 'lucide-react';
import { requestElementId } from '../lib/open-requests.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { Button } from './ui/button.tsx';

/** Above the composer while the agent waits for an answer; leads to the oldest open card and puts the keyboard there. */
export function PendingBar({ requests }: { requests: string[] }) {
  const texts = useTexts();
  const go = () => {
    const card = document.getElementById(requestElementId(requests[0] ?? ''));
    card?.scrollIntoView({ block: 'center' });
    card?.focus({ preventScroll: true });
  };
  return (
    <div className="mb-2 flex items-center gap-2 rounded-lg border border-warning/50 bg-warning-surface px-3 py-1.5 text-sm">
      <BellRing aria-hidden className="size-4 shrink-0 text-warning" />
      <span className="min-w-0 flex-1 font-medium">{texts.conversation.pending(requests.length)}</span>
      <Button size="small" onClick={go}>
        {texts.conversation.goToPending}
      </Button>
    </div>
  );
}
