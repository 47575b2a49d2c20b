'use client';
import { useChat } from '@ai-sdk/react';
import type { Conversation as OpenConversation } from '../lib/conversation.ts';
import { useFollowChanges } from '../lib/use-follow-changes.ts';
import { ChangesProvider } from './changes/changes-context.tsx';
import { ChangesPanel } from './changes/changes-panel.tsx';
import { Conversation } from './conversation.tsx';

type Props = { conversation: OpenConversation; onOpenSessions: () => void };

/** A conversation and, beside it, what changed in it. */
export function ConversationWithChanges({ conversation, onOpenSessions }: Props) {
  return (
    <ChangesProvider sessionId={conversation.id} workDir={conversation.session.work_dir}>
      <div className="flex min-h-0 flex-1">
        <div className="flex min-w-0 flex-1 flex-col">
          <Conversation conversation={conversation} onOpenSessions={onOpenSessions} />
        </div>
        <FollowedChanges conversation={conversation} />
      </div>
    </ChangesProvider>
  );
}

/** Words come often, and nothing here is in a hurry. */
const throttleMs = 300;

function FollowedChanges({ conversation: { chat } }: Pick<Props, 'conversation'>) {
  const { messages, status } = useChat({ chat, throttle: throttleMs });
  useFollowChanges(messages, status === 'submitted' || status === 'streaming');
  return <ChangesPanel messages={messages} />;
}
