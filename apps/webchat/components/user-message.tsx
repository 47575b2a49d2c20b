'use client';
import type { AepUIMessage } from '@hotplex/ai-sdk-transport';
import { memo } from 'react';
import { useTexts } from '../lib/texts/use-texts.ts';

/** What the user wrote, as it was written. */
export const UserMessage = memo(function UserMessage({ message }: { message: AepUIMessage }) {
  const texts = useTexts();
  const text = message.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
  return (
    <article aria-label={texts.conversation.you} data-testid="user-message" className="flex justify-end">
      <p className="max-w-[85%] whitespace-pre-wrap break-words rounded-2xl rounded-br-md bg-bubble px-4 py-2.5 text-[0.95rem] leading-relaxed">
        {text}
      </p>
    </article>
  );
});
