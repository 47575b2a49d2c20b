'use client';
import { useEffect, useRef } from 'react';
import { useStickToBottom } from 'use-stick-to-bottom';

/** Keeps the end of a growing text in sight until the reader scrolls away; also when the window onto it changes. */
export function useFollowLatest(): Pick<
  ReturnType<typeof useStickToBottom>,
  'scrollRef' | 'contentRef' | 'isAtBottom' | 'scrollToBottom'
> {
  const { scrollRef, contentRef, isAtBottom, scrollToBottom, state } = useStickToBottom({
    initial: 'instant',
    resize: 'instant',
  });
  const follow = useRef(scrollToBottom);
  useEffect(() => {
    follow.current = scrollToBottom;
  });
  // NOTE: the library watches the content only; the queue or a keyboard on screen shrinks the window instead.
  useEffect(() => {
    const window = scrollRef.current;
    if (!window) return;
    let height = window.clientHeight;
    const observer = new ResizeObserver(() => {
      const difference = window.clientHeight - height;
      height = window.clientHeight;
      if (!state.isAtBottom) return;
      // A window that grows scrolls by itself; so the library knows that it was not the reader who scrolled up.
      state.resizeDifference ||= difference;
      const forget = () => {
        if (state.resizeDifference === difference) state.resizeDifference = 0;
      };
      requestAnimationFrame(() => setTimeout(forget, 1));
      void follow.current('instant');
    });
    observer.observe(window);
    return () => observer.disconnect();
  }, [scrollRef, state]);
  return { scrollRef, contentRef, isAtBottom, scrollToBottom };
}
