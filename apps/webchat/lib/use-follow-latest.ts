'use client';
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** So near the end nobody needs a button that leads there; in pixels. */
const nearPx = 70;
/** Positions are fractions on some screens. */
const tolerancePx = 2;
/** Buttons that change the length of the text. */
const opener = '[aria-expanded]:not([aria-haspopup])';

type Options = {
  scrollRef: RefObject<HTMLElement | null>;
  /** Whether the text ends where what is drawn of it ends. */
  hasLatest: boolean;
};

export type FollowLatest = {
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
export function useFollowLatest({ scrollRef, hasLatest }: Options): FollowLatest {
  const contentRef = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const [isAtBottom, setIsAtBottom] = useState(true);

  const scrollToBottom = useCallback(() => {
    following.current = true;
    const window = scrollRef.current;
    window?.scrollTo({ top: window.scrollHeight, behavior: 'instant' });
  }, [scrollRef]);

  const isWhole = useRef(hasLatest);
  useLayoutEffect(() => {
    isWhole.current = hasLatest;
    if (!hasLatest) following.current = false;
  }, [hasLatest]);

  useEffect(() => {
    const window = scrollRef.current;
    const content = contentRef.current;
    if (!window || !content) return;
    let last = window.scrollTop;
    const end = () => window.scrollHeight - window.clientHeight;
    const look = () => {
      const left = end() - window.scrollTop;
      // What is followed hangs on its end, so that nothing of it is drawn where it will not stay.
      content.dataset.following = String(following.current);
      setIsAtBottom(following.current || (isWhole.current && left <= nearPx));
    };
    const onScroll = () => {
      const top = window.scrollTop;
      if (end() - top <= tolerancePx) following.current = isWhole.current;
      else if (top < Math.min(last, end()) - tolerancePx) following.current = false;
      last = top;
      look();
    };
    const onResize = () => {
      if (following.current && !isSelecting(window)) scrollToBottom();
      else if (end() - window.scrollTop <= tolerancePx) following.current = isWhole.current;
      look();
    };
    // What was opened stays under the pointer, and grows downwards.
    const onClick = ({ target }: MouseEvent) => {
      if (!(target instanceof Element && target.closest(opener))) return;
      following.current = false;
      look();
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
  }, [scrollRef, scrollToBottom]);

  return { contentRef, isAtBottom, scrollToBottom };
}

/** Text that is being selected stays under the pointer. */
function isSelecting(element: HTMLElement): boolean {
  const selection = document.getSelection();
  return selection !== null && !selection.isCollapsed && element.contains(selection.anchorNode);
}
