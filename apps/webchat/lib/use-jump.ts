'use client';
import { useEffect } from 'react';
import { useWebChat } from '../components/web-chat-context.tsx';
import { markWords, unmarkWords } from './mark-words.ts';
import { messageAt, messageElementId } from './message-at.ts';
import { useObservable } from './use-observable.ts';

/**
 * Leads to the message that a hit of the search is in, once it is on the page, and shows the words in it. Returns the number
 * of the event that is looked for, until then.
 */
export function useJump(sessionId: string, messageCount: number): number | undefined {
  const { api, place, search } = useWebChat();
  const wanted = useObservable(place);
  useEffect(() => {
    const stop = search.text.subscribe(unmarkWords);
    return () => {
      stop();
      unmarkWords();
    };
  }, [search]);
  useEffect(() => {
    if (wanted?.sessionId !== sessionId || messageCount === 0) return;
    let current = true;
    const jump = async () => {
      const [messageId] = await Promise.all([
        messageAt(api, sessionId, wanted.seq),
        // Words are found in what is drawn for good.
        import('../components/markdown-view.tsx'),
      ]);
      const element = messageId === undefined ? null : document.getElementById(messageElementId(messageId));
      if (!current || !element) return;
      place.set(undefined);
      lead(element, wanted.words);
    };
    jump().catch(() => undefined);
    return () => {
      current = false;
    };
  }, [api, place, wanted, sessionId, messageCount]);
  return wanted?.sessionId === sessionId ? wanted.seq : undefined;
}

function lead(element: HTMLElement, words: readonly string[]): void {
  const first = markWords(element, words)?.startContainer.parentElement;
  (first ?? element).scrollIntoView({ block: 'center' });
  element.focus({ preventScroll: true });
}
