'use client';
import { promptText } from '../lib/prompt-text.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { MessageFiles } from './message-files.tsx';
import { UserBubble } from './user-bubble.tsx';

/** What the user said into the running turn, where the agent took it. */
export function SteeringPrompt({ parts }: Parameters<typeof promptText>[0]) {
  const texts = useTexts();
  const words = promptText({ parts });
  return (
    <section
      aria-label={texts.conversation.you}
      data-testid="steering-prompt"
      className="my-2 flex flex-col items-end gap-2"
    >
      <MessageFiles parts={parts} />
      {words !== '' && <UserBubble>{words}</UserBubble>}
    </section>
  );
}
