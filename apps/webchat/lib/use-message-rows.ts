'use client';
import type { AepUIMessage } from '@hotplex/ai-sdk-transport';
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Conversation } from './conversation.ts';
import {
  latestRows,
  type MessageWindow,
  mostRows,
  rowsAround,
  rowsBefore,
  rowsBehind,
} from './message-window.ts';

/** The first and the last message that is drawn; without them the newest are. */
type Shown = { first: string; last: string | undefined } | undefined;

export type MessageRows = {
  rows: AepUIMessage[];
  /** Of all messages that are known. */
  count: number;
  /** Whether the newest message is among them. */
  hasLatest: boolean;
  showLatest: () => void;
  /** Draws a message of the chat, and what is around it. */
  show: (messageId: string) => void;
  /** For elements before the first and behind the last one: what comes near them is drawn. */
  beforeRef: RefObject<HTMLDivElement | null>;
  behindRef: RefObject<HTMLDivElement | null>;
};

/** How far ahead of the reader messages are drawn. */
const ahead = '600px 0px';

type Options = {
  conversation: Conversation;
  messages: AepUIMessage[];
  scrollRef: RefObject<HTMLElement | null>;
};

/** The messages around the reader: only they are drawn, so that a conversation of any length costs the same. */
export function useMessageRows({ conversation, messages, scrollRef }: Options): MessageRows {
  const [shown, setShown] = useState<Shown>();
  const beforeRef = useRef<HTMLDivElement>(null);
  const behindRef = useRef<HTMLDivElement>(null);
  const window = windowOf(shown, messages);
  const rows = messages.slice(window.start, window.end);
  const hasLatest = window.end === messages.length;
  const kept = useRef<{ element: Element; top: number }>(undefined);

  const draw = (next: MessageWindow) => {
    if (next.start === window.start && next.end === window.end) return;
    kept.current = inSight(scrollRef.current);
    setShown(idsOf(next, messages));
  };
  const onEdge = (edge: Element) => {
    if (edge === behindRef.current) draw(rowsBehind(window, messages.length));
    else if (window.start > 0) draw(rowsBefore(window));
    else if (conversation.hasEarlier.get()) void conversation.showEarlier().catch(() => undefined);
  };
  const edges = useRef(onEdge);
  edges.current = onEdge;

  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) if (isIntersecting) edges.current(target);
      },
      { root: scrollRef.current, rootMargin: ahead },
    );
    for (const { current } of [beforeRef, behindRef]) if (current) observer.observe(current);
    return () => observer.disconnect();
    // What is still near an edge after more was drawn is told once more.
  }, [scrollRef, window.start, window.end, messages.length]);

  // What the reader sees stays where it is, whatever comes or goes before it.
  useLayoutEffect(() => {
    const scroller = scrollRef.current;
    const { element, top } = kept.current ?? {};
    kept.current = undefined;
    if (!scroller || !element?.isConnected || top === undefined) return;
    scroller.scrollTop += element.getBoundingClientRect().top - top;
  }, [scrollRef, window.start, window.end]);

  return {
    ...{ rows, count: messages.length, hasLatest, beforeRef, behindRef },
    showLatest: useCallback(() => setShown(undefined), []),
    show: (messageId) => {
      const index = messages.findIndex(({ id }) => id === messageId);
      if (index !== -1) setShown(idsOf(rowsAround(window, index, messages.length), messages));
    },
  };
}

function windowOf(shown: Shown, messages: readonly AepUIMessage[]): MessageWindow {
  const at = (id: string) => messages.findIndex((message) => message.id === id);
  const start = shown ? at(shown.first) : -1;
  if (!shown || start === -1) return latestRows(messages.length);
  const last = shown.last === undefined ? -1 : at(shown.last);
  if (last !== -1) return { start, end: last + 1 };
  return { start: Math.max(start, messages.length - mostRows), end: messages.length };
}

/** What is drawn up to the newest message goes on with the next one. */
function idsOf({ start, end }: MessageWindow, messages: readonly AepUIMessage[]): Shown {
  const first = messages[start]?.id;
  if (first === undefined) return undefined;
  return { first, last: end < messages.length ? messages[end - 1]?.id : undefined };
}

/** The first message that the reader sees, and where. */
function inSight(scroller: HTMLElement | null): { element: Element; top: number } | undefined {
  const edge = scroller?.getBoundingClientRect().top ?? 0;
  for (const element of scroller?.querySelectorAll('article') ?? []) {
    const { top, bottom } = element.getBoundingClientRect();
    if (bottom > edge) return { element, top };
  }
  return undefined;
}
