'use client';
import { inputAuthor } from '@hotplex/aep-protocol';
import type { AepUIMessage } from '@hotplex/ai-sdk-transport';
import { memo } from 'react';
import { messageElementId } from '../lib/message-at.ts';
import { promptText } from '../lib/prompt-text.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { MessageFiles } from './message-files.tsx';
import { PromptMenu } from './rewind/prompt-menu.tsx';
import { UserBubble } from './user-bubble.tsx';

type Props = {
  message: AepUIMessage;
  running: boolean;
  /** The turn that it began; undefined where there is no way back to before it. */
  turnId: string | undefined;
};

/** A prompt of the user, and what can be done with it. */
export const UserMessage = memo(function UserMessage({ message, running, turnId }: Props) {
  const texts = useTexts();
  const words = promptText(message);
  return (
    <article
      id={messageElementId(message.id)}
      tabIndex={-1}
      aria-label={texts.conversation.you}
      data-testid="user-message"
      className="group flex flex-col items-end gap-2"
    >
      <MessageFiles parts={message.parts} />
      <div className="flex w-full items-start justify-end gap-1">
        {turnId !== undefined && <PromptMenu turnId={turnId} prompt={words} running={running} />}
        {words !== '' && <UserBubble>{words}</UserBubble>}
      </div>
      {message.metadata?.author === inputAuthor.terminal && (
        <p className="text-muted-foreground text-xs">{texts.adopt.typed}</p>
      )}
    </article>
  );
});
