'use client';
import { useState } from 'react';
import { useTexts } from '../lib/texts/use-texts.ts';
import { Disclosure } from './ui/disclosure.tsx';

type Props = { text: string; streaming: boolean };

/** The agent's thoughts: open while they come, then folded away unless the reader wants them. */
export function Reasoning({ text, streaming }: Props) {
  const texts = useTexts();
  const [choice, setChoice] = useState<boolean>();
  if (text.trim() === '') return null;
  return (
    <Disclosure
      testId="reasoning"
      open={choice ?? streaming}
      onOpenChange={setChoice}
      className="rounded-md text-muted-foreground text-sm"
      summary={<span>{streaming ? texts.conversation.thinking : texts.conversation.thought}</span>}
    >
      <p className="mt-1.5 ml-1.5 whitespace-pre-wrap break-words border-l-2 pl-4 leading-relaxed">
        {text.trim()}
      </p>
    </Disclosure>
  );
}
