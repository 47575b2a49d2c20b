'use client';
import type { AepUIMessage } from '@hotplex/ai-sdk-transport';
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Conversation } from './conversation.ts';
import {
  aheadPx,
  type MessageWindow,
  rowsAround,
  rowsBefore,
  rowsBehind,
  rowsToLeave,
} from './message-window.ts';
import { newestRows, rowsShown, rowsStill, rowsToNewest, rowsWithout, windowOf } from './shown-rows.ts';

export type MessageRows = {
  rows: AepUIMessage[];
  /** The room to leave free before the first row, for those that have left; CSS pixels. */
  lead: number;
  /** Of all messages that are known. */
  count: number;
  /** Whether the newest message is among them. */
  hasLatest: boolean;
  showLatest: () => void;
  /** Draws a message of the chat, and what is around it. */
  show: (messageId: string) => void;
  /** For elements right before the first and behind the last row: what comes near them is drawn. */
  beforeRef: RefObject<HTMLDivElement | null>;
  behindRef: RefObject<HTMLDivElement | null>;
};

type Options = {
  conversation: Conversation;
  messages: AepUIMessage[];
  scrollRef: RefObject<HTMLElement | null>;
};

/** The messages around the reader: only they are drawn, so that a conversation of any length costs the same. */
export function useMessageRows({ conversation, messages, scrollRef }: Options): MessageRows {
  const [state, setShown] = useState(() => newestRows(messages));
  const beforeRef = useRef<HTMLDivElement>(null);
  const behindRef = useRef<HTMLDivElement>(null);
  const shown = rowsStill(state, messages);
  const window = windowOf(shown, messages);
  const rows = messages.slice(window.start, window.end);
  const hasLatest = window.end === messages.length;
  const kept = useRef<{ element: Element; top: number }>(undefined);

  const draw = (next: MessageWindow) => {
    if (next.start === window.start && next.end === window.end) return;
    kept.current = inSight(scrollRef.current);
    setShown(rowsShown(next, messages));
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
      { root: scrollRef.current, rootMargin: `${aheadPx}px 0px` },
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

  // Rows that new ones push out are measured before they leave, and leave in the frame that draws the new ones.
  useLayoutEffect(() => {
    const isOver = hasLatest && rows.length > shown.most;
    const tops = isOver ? topsOf(rows.length, beforeRef.current, scrollRef.current) : [];
    const leaving = rowsToLeave(tops, shown.most);
    const room = (tops[leaving] ?? 0) - (tops[0] ?? 0);
    setShown(leaving === 0 ? shown : rowsWithout(shown, rows[leaving]?.id, room));
  }, [scrollRef, window.start, window.end, shown]);

  const known = useRef(messages);
  known.current = messages;
  return {
    ...{ rows, lead: shown.lead, count: messages.length, hasLatest, beforeRef, behindRef },
    showLatest: useCallback(() => setShown((now) => rowsToNewest(now, known.current)), []),
    show: (messageId) => {
      const index = messages.findIndex(({ id }) => id === messageId);
      const next = index === -1 ? window : rowsAround(window, index, messages.length);
      if (next !== window) setShown(rowsShown(next, messages));
    },
  };
}

/** Where each of the rows begins that are drawn behind an element, from the upper edge of what the reader sees; CSS pixels. */
function topsOf(count: number, before: Element | null, scroller: Element | null): number[] {
  const edge = scroller?.getBoundingClientRect().top ?? 0;
  const tops: number[] = [];
  let row = before?.nextElementSibling;
  while (row && tops.length < count) {
    tops.push(row.getBoundingClientRect().top - edge);
    row = row.nextElementSibling;
  }
  return tops;
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
