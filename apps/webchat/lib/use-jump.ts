'use client';
import { useEffect, useRef } from 'react';
import { useWebChat } from '../components/web-chat-context.tsx';
import type { Conversation } from './conversation.ts';
import { markWords, unmarkWords } from './mark-words.ts';
import { messageAt, messageElementId } from './message-at.ts';
import type { MessageRows } from './use-message-rows.ts';
import { useObservable } from './use-observable.ts';

/** Leads to the message that a hit of the search is in, however long ago it was said, and shows the words in it. */
export function useJump(conversation: Conversation, { rows, count, show }: MessageRows): void {
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
  const showLast = useRef(show);
  showLast.current = show;
  const [first, last] = [rows[0]?.id, rows.at(-1)?.id];
  useEffect(() => {
    if (wanted?.sessionId !== sessionId || count === 0) return;
    let current = true;
    const jump = async () => {
      const [messageId] = await Promise.all([
        messageAt(api, sessionId, wanted.seq),
        // Words are found in what is drawn for good.
        import('../components/markdown-view.tsx'),
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
}

function lead(element: HTMLElement, words: readonly string[]): void {
  const first = markWords(element, words)?.startContainer.parentElement;
  (first ?? element).scrollIntoView({ block: 'center' });
  element.focus({ preventScroll: true });
}
