'use client';
import type { AepUIMessage } from '@hotplex/ai-sdk-transport';
import { memo } from 'react';
import { messageElementId } from '../lib/message-at.ts';
import { promptText } from '../lib/prompt-text.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { MessageFiles } from './message-files.tsx';
import { UserBubble } from './user-bubble.tsx';

/** A prompt of the user. */
export const UserMessage = memo(function UserMessage({ message }: { message: AepUIMessage }) {
  const texts = useTexts();
  const words = promptText(message);
  return (
    <article
      id={messageElementId(message.id)}
      tabIndex={-1}
      aria-label={texts.conversation.you}
      data-testid="user-message"
      className="flex flex-col items-end gap-2"
    >
      <MessageFiles parts={message.parts} />
      {words !== '' && <UserBubble>{words}</UserBubble>}
    </article>
  );
});
