'use client';
import type { AepUIMessage } from '@hotplex/ai-sdk-transport';
import { AssistantMessage } from './assistant-message.tsx';
import { UserMessage } from './user-message.tsx';

type Props = { messages: AepUIMessage[]; running: boolean };

/** Messages, of which the last one may be running. Each is drawn again only when it changed. */
export function MessageList({ messages, running }: Props) {
  const last = messages.length - 1;
  return messages.map((message, index) =>
    message.role === 'user' ? (
      <UserMessage key={message.id} message={message} />
    ) : (
      <AssistantMessage key={message.id} message={message} live={running && index === last} />
    ),
  );
}
