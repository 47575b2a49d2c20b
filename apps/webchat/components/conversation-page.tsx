'use client';
import { startTransition, useEffect, useState } from 'react';
import type { Conversation as OpenConversation } from '../lib/conversation.ts';
import { toErrorWords } from '../lib/error-words.ts';
import { selectSession } from '../lib/selected-session.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { ConversationSkeleton } from './conversation-skeleton.tsx';
import type { ConversationWithChanges } from './conversation-with-changes.tsx';
import { PlainHeader } from './plain-header.tsx';
import { Button } from './ui/button.tsx';
import { useWebChat } from './web-chat-context.tsx';

type Props = { id: string; onOpenSessions: () => void };
type Opening =
  | { status: 'loading' }
  | { status: 'open'; conversation: OpenConversation; View: typeof ConversationWithChanges }
  | { status: 'failed'; error: unknown };

/**
 * Drawing a conversation is most of the page's code; the list of sessions appears without it. Its Markdown comes with the rest:
 * words that were shown as they were written until then would jump.
 */
export const loadView = () => import('./conversation-with-changes.tsx');

/** Loads a session's conversation: a skeleton, the conversation, or why there is none. */
export function ConversationPage({ id, onOpenSessions }: Props) {
  const { conversation: open } = useWebChat();
  const [opening, setOpening] = useState<Opening>({ status: 'loading' });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let current = true;
    Promise.all([open(id), loadView()]).then(
      ([conversation, { ConversationWithChanges: View }]) => {
        // Many messages at once; a key that is pressed goes before them.
        if (current) startTransition(() => setOpening({ status: 'open', conversation, View }));
      },
      (error: unknown) => current && setOpening({ status: 'failed', error }),
    );
    return () => {
      current = false;
    };
  }, [open, id, attempt]);

  switch (opening.status) {
    case 'open':
      return <opening.View conversation={opening.conversation} onOpenSessions={onOpenSessions} />;
    case 'loading':
      return <ConversationSkeleton onOpenSessions={onOpenSessions} />;
    case 'failed':
      return (
        <>
          <PlainHeader onOpenSessions={onOpenSessions} />
          <Failure
            error={opening.error}
            onRetry={() => {
              setOpening({ status: 'loading' });
              setAttempt(attempt + 1);
            }}
          />
        </>
      );
  }
}

const missingCodes = ['SESSION_NOT_FOUND', 'NOT_FOUND', 'SESSION_EXPIRED'];

function Failure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const texts = useTexts();
  const words = toErrorWords(error, texts.errors);
  const missing = words.code !== undefined && missingCodes.includes(words.code);
  return (
    <div role="alert" className="m-auto flex max-w-md flex-col items-start gap-3 p-6">
      <h1 className="font-semibold text-xl">
        {missing ? texts.sessions.missing : texts.sessions.historyFailed}
      </h1>
      <p className="text-muted-foreground">
        {missing ? texts.sessions.missingExplain : texts.errors.join(words.message, words.remedy ?? '')}
      </p>
      {!missing && words.detail !== undefined && (
        <p className="break-words text-muted-foreground text-xs">{words.detail}</p>
      )}
      {missing ? (
        <Button onClick={() => selectSession(null)}>{texts.notFound.home}</Button>
      ) : (
        <Button onClick={onRetry}>{texts.tryAgain}</Button>
      )}
    </div>
  );
}
