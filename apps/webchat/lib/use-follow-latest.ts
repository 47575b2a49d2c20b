'use client';
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';

/** So near the end nobody needs a button that leads there; in pixels. */
const nearPx = 70;
/** Positions are fractions on some screens. */
const tolerancePx = 2;
/** Buttons that change the length of the text. */
const opener = '[aria-expanded]:not([aria-haspopup])';

export type FollowLatest = {
  scrollRef: RefObject<HTMLElement | null>;
  contentRef: RefObject<HTMLDivElement | null>;
  /** Whether the end is in sight, or nearly. */
  isAtBottom: boolean;
  /** Goes to the end, and follows it again. */
  scrollToBottom: () => void;
};

/**
 * Keeps the end of a growing text in sight until the reader scrolls away or opens something, also when the window onto
 * it changes. Sizes alone move a text no further up than to its new end; what goes beyond is the reader's doing.
 */
export function useFollowLatest(): FollowLatest {
  const scrollRef = useRef<HTMLElement>(null);
  const contentRef = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const [isAtBottom, setIsAtBottom] = useState(true);

  const scrollToBottom = useCallback(() => {
    following.current = true;
    const window = scrollRef.current;
    window?.scrollTo({ top: window.scrollHeight, behavior: 'instant' });
  }, []);

  useEffect(() => {
    const window = scrollRef.current;
    const content = contentRef.current;
    if (!window || !content) return;
    let last = window.scrollTop;
    const end = () => window.scrollHeight - window.clientHeight;
    const look = () => {
      const left = end() - window.scrollTop;
      // The browser's own correction would count as the reader's.
      window.style.overflowAnchor = following.current ? 'none' : 'auto';
      setIsAtBottom(following.current || left <= nearPx);
    };
    const onScroll = () => {
      const top = window.scrollTop;
      if (end() - top <= tolerancePx) following.current = true;
      else if (top < Math.min(last, end()) - tolerancePx) following.current = false;
      last = top;
      look();
    };
    const onResize = () => {
      if (following.current && !isSelecting(window)) scrollToBottom();
      else if (end() - window.scrollTop <= tolerancePx) following.current = true;
      look();
    };
    // What was opened stays under the pointer, and grows downwards.
    const onClick = ({ target }: MouseEvent) => {
      if (target instanceof Element && target.closest(opener)) following.current = false;
    };
    const observer = new ResizeObserver(onResize);
    observer.observe(window);
    observer.observe(content);
    window.addEventListener('scroll', onScroll, { passive: true });
    window.addEventListener('click', onClick);
    return () => {
      observer.disconnect();
      window.removeEventListener('scroll', onScroll);
      window.removeEventListener('click', onClick);
    };
  }, [scrollToBottom]);

  return { scrollRef, contentRef, isAtBottom, scrollToBottom };
}

/** Text that is being selected stays under the pointer. */
function isSelecting(element: HTMLElement): boolean {
  const selection = document.getSelection();
  return selection !== null && !selection.isCollapsed && element.contains(selection.anchorNode);
}
