import { useEffect } from 'react';
import type { AepChatTransport } from '../aep-chat-transport.ts';
import type { AepUIMessage } from '../ui-message.ts';

type Options = {
  transport: AepChatTransport;
  /** What `useChat` gave. */
  chat: {
    id: string;
    setMessages(change: (messages: AepUIMessage[]) => AepUIMessage[]): void;
    resumeStream(): Promise<void>;
  };
};

/** Shows turns that were not started on this page: those of another tab or device, and of the agent itself. */
export function useForeignTurns({ transport, chat: { id, setMessages, resumeStream } }: Options): void {
  useEffect(
    () =>
      transport.onForeignTurn(id, ({ message }) => {
        if (message)
          setMessages((known) => (known.some((old) => old.id === message.id) ? known : [...known, message]));
        void resumeStream();
      }),
    [transport, id, setMessages, resumeStream],
  );
}
