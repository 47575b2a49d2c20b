'use client';
import { Eye, RotateCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { formatList } from '../../lib/format-list.ts';
import { formatMoment } from '../../lib/format-moment.ts';
import type { SharedConversation } from '../../lib/shared-conversation.ts';
import { useLanguage, useTexts } from '../../lib/texts/use-texts.ts';
import { type Answering, AnsweringProvider } from '../answering-context.tsx';
import { MessageList } from '../message-list.tsx';
import { NoticeLine } from '../notice-line.tsx';
import { Button } from '../ui/button.tsx';
import { Logo } from '../ui/logo.tsx';
import { barTitle, TopBar } from '../ui/top-bar.tsx';

type Props = { conversation: SharedConversation; onRefresh: () => Promise<void> };

const refuse = () => Promise.reject(new Error('a guest answers nothing'));
const guest: Answering = {
  id: 'shared',
  answerPermission: refuse,
  answerQuestion: refuse,
  answerElicitation: refuse,
};

/** A conversation to be read: its messages as its owner sees them, and what is not among them. */
export function SharedView({ conversation, onRefresh }: Props) {
  const texts = useTexts();
  const language = useLanguage();
  const [refreshing, setRefreshing] = useState(false);
  const { messages, running, expires_at: expiresAt, left_out: leftOut } = conversation;
  const title = conversation.title ?? texts.sessions.untitled;
  useEffect(() => {
    document.title = `${title} · ${texts.appName}`;
  }, [title, texts]);
  const refresh = async () => {
    setRefreshing(true);
    await onRefresh();
    setRefreshing(false);
  };
  const missing = [...leftOut.map((kind) => texts.shared.leftOut[kind]), ...texts.shared.alwaysLeftOut];
  return (
    <AnsweringProvider value={guest}>
      <div className="flex h-dvh flex-col">
        <TopBar className="pl-4 md:px-4">
          <Logo className="shrink-0" />
          <div className="min-w-0 flex-1">
            <h1 className={barTitle}>{title}</h1>
            <p className="text-pretty text-muted-foreground text-xs">
              {texts.shared.until(formatMoment(expiresAt, language))}
            </p>
          </div>
          <Button
            size="small"
            className="max-sm:size-9 max-sm:px-0"
            disabled={refreshing}
            title={texts.shared.refresh}
            onClick={() => void refresh()}
          >
            <RotateCw aria-hidden />
            <span className="max-sm:sr-only">{texts.shared.refresh}</span>
          </Button>
        </TopBar>
        <main
          aria-label={texts.conversation.label}
          tabIndex={0}
          className="min-h-0 flex-1 overflow-y-auto overflow-x-hidden focus-visible:outline-offset-[-2px]"
        >
          <div className="mx-auto flex w-full max-w-3xl flex-col gap-5 px-4 py-6">
            <p className="flex items-start gap-2.5 rounded-lg border bg-card px-3.5 py-2.5 text-muted-foreground text-sm">
              <Eye aria-hidden className="mt-0.5 size-4 shrink-0" />
              <span>
                {texts.shared.readOnly}
                <span className="block">{texts.shared.without(formatList(missing, language))}</span>
              </span>
            </p>
            {messages.length === 0 && <p className="text-muted-foreground">{texts.shared.empty}</p>}
            <MessageList messages={messages} running={false} />
            {running && <NoticeLine>{texts.shared.running}</NoticeLine>}
          </div>
        </main>
      </div>
    </AnsweringProvider>
  );
}
