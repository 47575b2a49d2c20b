'use client';
import type { AepUIMessage } from '@hotplex/ai-sdk-transport';
import { memo } from 'react';
import { messageElementId } from '../lib/message-at.ts';
import { promptText } from '../lib/prompt-text.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { UserBubble } from './user-bubble.tsx';

/** A prompt of the user. */
export const UserMessage = memo(function UserMessage({ message }: { message: AepUIMessage }) {
  const texts = useTexts();
  return (
    <article
      id={messageElementId(message.id)}
      tabIndex={-1}
      aria-label={texts.conversation.you}
      data-testid="user-message"
      className="flex justify-end"
    >
      <UserBubble>{promptText(message)}</UserBubble>
    </article>
  );
});
