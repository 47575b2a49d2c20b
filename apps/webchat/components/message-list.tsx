'use client';
import type { AepUIMessage } from '@hotplex/ai-sdk-transport';
import { type FoldedMessages, turnsIn } from '../lib/set-aside.ts';
import { AssistantMessage } from './assistant-message.tsx';
import { SetAside } from './rewind/set-aside.tsx';
import { UserMessage } from './user-message.tsx';

type Props = {
  messages: readonly AepUIMessage[];
  /** What is folded behind some of them. */
  folds?: FoldedMessages['folds'];
  running: boolean;
  /** The number of the event that somebody looks for. */
  sought?: number | undefined;
};

const noFolds: FoldedMessages['folds'] = new Map();
const nowhere = Number.POSITIVE_INFINITY;

/** Messages, of which the last one may be running. Each is drawn again only when it changed. */
export function MessageList({ messages, folds = noFolds, running, sought = nowhere }: Props) {
  const last = messages.length - 1;
  return messages.map((message, index) => {
    const folded = folds.get(message.id);
    if (folded)
      return (
        <SetAside
          key={message.id}
          turns={turnsIn(folded)}
          isWanted={sought < (message.metadata?.setAsideBy ?? 0)}
        >
          {folded.map((each) => (
            <Message key={each.id} message={each} running={false} live={false} turnId={undefined} />
          ))}
        </SetAside>
      );
    const next = messages[index + 1];
    // The turn that a prompt began is what is said right after it.
    const turnId = next?.role === 'assistant' && !folds.has(next.id) ? next.id : undefined;
    return (
      <Message
        key={message.id}
        message={message}
        running={running}
        live={running && index === last}
        turnId={turnId}
      />
    );
  });
}

type MessageProps = {
  message: AepUIMessage;
  running: boolean;
  live: boolean;
  turnId: string | undefined;
};

function Message({ message, running, live, turnId }: MessageProps) {
  if (message.role !== 'user') return <AssistantMessage message={message} live={live} />;
  return <UserMessage message={message} running={running} turnId={turnId} />;
}
