'use client';
import type { AepUIMessage } from '@hotplex/ai-sdk-transport';
import { memo } from 'react';
import { messageElementId } from '../lib/message-at.ts';
import { toPartTree } from '../lib/part-tree.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { PartList } from './part-list.tsx';
import { TurnEnd } from './turn-end.tsx';

type Props = { message: AepUIMessage; live: boolean };

/** One turn of the agent: everything it said and did, and how it ended. */
export const AssistantMessage = memo(function AssistantMessage({ message, live }: Props) {
  const texts = useTexts();
  const hasError = message.parts.some((part) => part.type === 'data-error');
  return (
    <article
      id={messageElementId(message.id)}
      tabIndex={-1}
      aria-label={texts.conversation.agent}
      aria-busy={live}
      data-testid="agent-message"
      data-live={live}
      className="flex min-w-0 flex-col gap-3"
    >
      <PartList nodes={toPartTree(message.parts)} live={live} />
      {!live && message.metadata && (
        <TurnEnd
          turnId={message.id}
          metadata={message.metadata}
          parts={message.parts}
          errorShown={hasError}
        />
      )}
    </article>
  );
});
