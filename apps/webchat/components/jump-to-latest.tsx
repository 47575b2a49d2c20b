'use client';
import { ArrowDown } from 'lucide-react';
import { useTexts } from '../lib/texts/use-texts.ts';
import { Button } from './ui/button.tsx';

/** Leads back to the end of the conversation. */
export function JumpToLatest({ onClick }: { onClick: () => void }) {
  const texts = useTexts();
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-3 flex justify-center">
      <Button size="small" className="pointer-events-auto rounded-full shadow-md" onClick={onClick}>
        <ArrowDown aria-hidden />
        {texts.conversation.latest}
      </Button>
    </div>
  );
}
