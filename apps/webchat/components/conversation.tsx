'use client';
import { useChat } from '@ai-sdk/react';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { Conversation as OpenConversation } from '../lib/conversation.ts';
import { deliveriesOf } from '../lib/deliveries.ts';
import { openRequests, requestElementId } from '../lib/open-requests.ts';
import { promptText } from '../lib/prompt-text.ts';
import { foldSetAside } from '../lib/set-aside.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { useAgents } from '../lib/use-agents.ts';
import { useFollowLatest } from '../lib/use-follow-latest.ts';
import { useJump } from '../lib/use-jump.ts';
import { useLasting } from '../lib/use-lasting.ts';
import { useMessageRows } from '../lib/use-message-rows.ts';
import { useObservable, useObservablePart } from '../lib/use-observable.ts';
import { useOutOfSight } from '../lib/use-out-of-sight.ts';
import { useSeeTurns } from '../lib/use-see-turns.ts';
import { whenAtRest } from '../lib/when-at-rest.ts';
import { AnsweringProvider } from './answering-context.tsx';
import { ArchivedNotice } from './archived-notice.tsx';
import { BranchingProvider } from './branch/branching-context.tsx';
import { BudgetCard } from './budget-card.tsx';
import { UndoLine } from './changes/undo-line.tsx';
import { Composer } from './composer.tsx';
import { ConversationHeader } from './conversation-header.tsx';
import { ConversationStart } from './conversation-start.tsx';
import { ErrorCard } from './error-card.tsx';
import { JumpToLatest } from './jump-to-latest.tsx';
import { JumpToRequest } from './jump-to-request.tsx';
import { MessageList } from './message-list.tsx';
import { QueueList } from './queue-list.tsx';
import { StatusAnnouncer } from './status-announcer.tsx';
import { WorkingLine } from './working-line.tsx';

type Props = { conversation: OpenConversation; onOpenSessions: () => void };

const throttleMs = 50;

/** One conversation: its messages, what it waits for, and the field to write in. */
export function Conversation({ conversation, onOpenSessions }: Props) {
  const texts = useTexts();
  const { messages, status, error } = useChat({
    chat: conversation.chat,
    resume: true,
    throttle: throttleMs,
  });
  useSeeTurns(conversation);
  const queue = useObservablePart(conversation.facts, 'queue');
  // A prompt that is taken at once is in the queue for a moment, too.
  const isWaiting = useLasting(queue.length > 0, 150);
  const questions = useObservablePart(conversation.facts, 'questions');
  const budget = questions.find(({ tool_name: tool }) => tool === 'budget');
  const hasEarlier = useObservable(conversation.hasEarlier);
  const scrollRef = useRef<HTMLElement>(null);
  const { rows, folds } = useMemo(() => foldSetAside(messages), [messages]);
  const drawn = useMessageRows({ conversation, messages: rows, scrollRef });
  const { hasLatest, showLatest } = drawn;
  const { contentRef, isAtBottom, scrollToBottom } = useFollowLatest({ scrollRef, hasLatest });
  const running = status === 'submitted' || status === 'streaming';
  const agentOf = useAgents();
  const agent = agentOf(conversation.session.worker_type);
  const deliveries = useMemo(() => deliveriesOf(agent), [agent]);
  const newest = useRef(messages);
  newest.current = messages;
  const prompts = useCallback(() => newest.current.filter(({ role }) => role === 'user').map(promptText), []);
  const requests = openRequests(messages);
  const [oldest] = requests;
  const sought = useJump(conversation, { ...drawn, folds });
  const goToEnd = useCallback(() => {
    showLatest();
    scrollToBottom();
  }, [showLatest, scrollToBottom]);
  const jump = () => scrollRef.current && whenAtRest(scrollRef.current, goToEnd);
  const send: OpenConversation['send'] = useCallback(
    (...message) => {
      goToEnd();
      return conversation.send(...message);
    },
    [conversation, goToEnd],
  );
  // Who has come back to the end leaves behind what was drawn on the way.
  useEffect(() => {
    if (isAtBottom && document.getSelection()?.isCollapsed !== false) showLatest();
  }, [isAtBottom, showLatest]);
  const unseen = useOutOfSight(oldest && requestElementId(oldest), scrollRef);

  return (
    <AnsweringProvider value={conversation}>
      <BranchingProvider session={conversation.session}>
        <ConversationHeader conversation={conversation} onOpenSessions={onOpenSessions} />
        <div className="relative min-h-0 flex-1">
          <section
            ref={scrollRef}
            aria-label={texts.conversation.label}
            tabIndex={0}
            className="relative h-full overflow-y-auto overflow-x-hidden overscroll-contain focus-visible:outline-offset-[-2px]"
          >
            <div
              ref={contentRef}
              className="mx-auto flex w-full max-w-3xl flex-col gap-5 px-4 py-6 data-[following=true]:*:not-last:[overflow-anchor:none]"
            >
              {messages.length === 0 && !running && <ConversationStart conversation={conversation} />}
              <div
                ref={drawn.beforeRef}
                data-testid="earlier"
                style={{ paddingTop: drawn.lead }}
                className="text-center text-muted-foreground text-xs [overflow-anchor:none]"
              >
                {hasEarlier && texts.conversation.earlier}
              </div>
              <MessageList
                messages={drawn.rows}
                folds={folds}
                running={running && hasLatest}
                sought={sought}
              />
              <div ref={drawn.behindRef} aria-hidden />
              {hasLatest && running && requests.length === 0 && (
                <WorkingLine connection={conversation.connection} />
              )}
              {error && <ErrorCard error={error} onDismiss={() => conversation.chat.clearError()} />}
              <div aria-hidden className="-mt-5 h-px" />
            </div>
          </section>
          {unseen ? (
            <JumpToRequest {...{ requests, scrollRef }} />
          ) : (
            !isAtBottom && <JumpToLatest onClick={jump} />
          )}
        </div>
        <div className="mx-auto w-full max-w-3xl shrink-0 px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
          {budget && <BudgetCard key={budget.id} request={budget} />}
          {isWaiting && (
            <QueueList queue={queue} onEdit={conversation.editQueued} onCancel={conversation.cancelQueued} />
          )}
          <ArchivedNotice conversation={conversation} />
          <UndoLine />
          <Composer
            conversation={conversation}
            running={running}
            deliveries={deliveries}
            prompts={prompts}
            onSend={send}
          />
        </div>
        <StatusAnnouncer running={running} waiting={requests.length} />
      </BranchingProvider>
    </AnsweringProvider>
  );
}
