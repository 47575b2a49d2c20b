'use client';
import { promptText } from '../lib/prompt-text.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { UserBubble } from './user-bubble.tsx';

/** What the user said into the running turn, where the agent took it. */
export function SteeringPrompt({ parts }: Parameters<typeof promptText>[0]) {
  const texts = useTexts();
  return (
    <section
      aria-label={texts.conversation.you}
      data-testid="steering-prompt"
      className="my-2 flex justify-end"
    >
      <UserBubble>{promptText({ parts })}</UserBubble>
    </section>
  );
}
