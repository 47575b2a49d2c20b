'use client';
import { memo } from 'react';
import type { Conversation } from '../lib/conversation.ts';
import { shortPath } from '../lib/short-path.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { useAgentTitle } from '../lib/use-agent-title.ts';
import { useObservable } from '../lib/use-observable.ts';
import { usePageTitle } from '../lib/use-page-title.ts';
import { ChangesButton } from './changes/changes-button.tsx';
import { ConnectionBadge } from './connection-badge.tsx';
import { ContextMeter } from './context-meter.tsx';
import { PlainHeader } from './plain-header.tsx';
import { Presence } from './presence.tsx';
import { barTitle } from './ui/top-bar.tsx';
import { useWebChat } from './web-chat-context.tsx';

type Props = { conversation: Conversation; onOpenSessions: () => void };

/** Title, agent, model, work directory and the state of the line. */
export const ConversationHeader = memo(function ConversationHeader({ conversation, onOpenSessions }: Props) {
  const texts = useTexts();
  const { sessions } = useWebChat();
  const titleOf = useAgentTitle();
  const { sessions: list } = useObservable(sessions.state);
  const session = list.find(({ id }) => id === conversation.id) ?? conversation.session;
  const title = session.title ?? texts.sessions.untitled;
  usePageTitle(title);
  return (
    <PlainHeader onOpenSessions={onOpenSessions}>
      <div className="@container min-w-0 flex-1">
        <h1 className={barTitle}>{title}</h1>
        <p className="flex whitespace-pre text-muted-foreground text-xs">
          <span className="min-w-0 truncate @max-[8rem]:hidden">
            {[titleOf(session.worker_type), session.config.model]
              .filter((word) => word !== undefined)
              .join(' · ')}
          </span>
          <span className="@max-[8rem]:hidden"> · </span>
          <span title={session.work_dir} className="max-w-3/5 shrink-0 truncate @max-[8rem]:max-w-full">
            {shortPath(session.work_dir, 1)}
          </span>
        </p>
      </div>
      <Presence participants={conversation.participants} />
      <ChangesButton />
      <ContextMeter conversation={conversation} isolation={session.isolation} />
      <ConnectionBadge connection={conversation.connection} />
    </PlainHeader>
  );
});
