import { AepChatTransport } from '@hotplex/ai-sdk-transport';
import type { SessionsApi } from '@hotplex/client-sdk';
import type { Authentication } from './authentication.ts';
import { type Conversation, openConversation } from './conversation.ts';

/** The conversations this page has open. */
export type Conversations = {
  /** The conversation of a session, opened once; a failed opening is tried anew by the next call. */
  open: (id: string) => Promise<Conversation>;
  forget: (id: string) => void;
};

type Options = { origin: string; authentication: Authentication; api: SessionsApi; onActivity: () => void };

export function createConversations({ origin, authentication, api, onActivity }: Options): Conversations {
  const transport = new AepChatTransport({
    url: origin,
    auth: authentication.credential,
    fetch: authentication.fetch,
    client: { name: 'webchat' },
    presence: true,
  });
  const conversations = new Map<string, Promise<Conversation>>();
  return {
    open: (id) => {
      const known = conversations.get(id);
      if (known) return known;
      const opening = openConversation(id, { transport, sessions: api, onActivity });
      conversations.set(id, opening);
      opening.catch(() => conversations.delete(id));
      return opening;
    },
    forget: (id) => conversations.delete(id),
  };
}
