'use client';
import { ArrowDown } from 'lucide-react';
import { useTexts } from '../lib/texts/use-texts.ts';
import { FloatingButton } from './ui/floating-button.tsx';

/** Leads back to the end of the conversation. */
export function JumpToLatest({ onClick }: { onClick: () => void }) {
  const texts = useTexts();
  return (
    <FloatingButton onClick={onClick}>
      <ArrowDown aria-hidden />
      {texts.conversation.latest}
    </FloatingButton>
  );
}
