'use client';
import { Archive } from 'lucide-react';
import type { Conversation } from '../lib/conversation.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { useObservable } from '../lib/use-observable.ts';
import { useWebChat } from './web-chat-context.tsx';

/** Says of a session that was put away how it comes back. */
export function ArchivedNotice({ conversation: { id, session } }: { conversation: Conversation }) {
  const texts = useTexts();
  const { sessions } = useWebChat();
  const { sessions: list } = useObservable(sessions.state);
  if (!session.archived || list.some((listed) => listed.id === id)) return null;
  return (
    <p className="mb-2 flex items-center gap-2 text-muted-foreground text-sm">
      <Archive aria-hidden className="size-4 shrink-0" />
      {texts.sessions.archivedHint}
    </p>
  );
}
