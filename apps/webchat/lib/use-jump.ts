'use client';
import { useEffect, useRef } from 'react';
import { useWebChat } from '../components/web-chat-context.tsx';
import type { Conversation } from './conversation.ts';
import { markWords, unmarkWords } from './mark-words.ts';
import { messageAt, messageElementId } from './message-at.ts';
import { type FoldedMessages, rowOf } from './set-aside.ts';
import type { MessageRows } from './use-message-rows.ts';
import { useObservable } from './use-observable.ts';

type Drawn = Pick<MessageRows, 'rows' | 'count' | 'show'> & Pick<FoldedMessages, 'folds'>;

/**
 * Leads to the message that a hit of the search is in, however long ago it was said, and shows the words in it. Returns the
 * number of the event that is looked for, until then.
 */
export function useJump(conversation: Conversation, { rows, count, show, folds }: Drawn): number | undefined {
  const { id: sessionId } = conversation;
  const { api, place, search } = useWebChat();
  const wanted = useObservable(place);
  useEffect(() => {
    const stop = search.text.subscribe(unmarkWords);
    return () => {
      stop();
      unmarkWords();
    };
  }, [search]);
  const showRow = (messageId: string) => show(rowOf(messageId, folds));
  const showLast = useRef(showRow);
  showLast.current = showRow;
  const [first, last] = [rows[0]?.id, rows.at(-1)?.id];
  useEffect(() => {
    if (wanted?.sessionId !== sessionId || count === 0) return;
    let current = true;
    const jump = async () => {
      const [messageId] = await Promise.all([
        messageAt(api, sessionId, wanted.seq),
        conversation.showEarlier(wanted.seq),
      ]);
      if (!current || messageId === undefined) return;
      const element = document.getElementById(messageElementId(messageId));
      // Other rows bring us here once more.
      if (!element) return showLast.current(messageId);
      place.set(undefined);
      lead(element, wanted.words);
    };
    jump().catch(() => undefined);
    return () => {
      current = false;
    };
  }, [api, place, wanted, conversation, sessionId, count, first, last]);
  return wanted?.sessionId === sessionId ? wanted.seq : undefined;
}

function lead(element: HTMLElement, words: readonly string[]): void {
  const first = markWords(element, words)?.startContainer.parentElement;
  (first ?? element).scrollIntoView({ block: 'center' });
  element.focus({ preventScroll: true });
}
