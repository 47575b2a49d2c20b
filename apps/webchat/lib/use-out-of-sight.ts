'use client';
import { type RefObject, useEffect, useState } from 'react';

/** Whether an element cannot be seen at all in a scrolled part of the page, from when it is drawn there. */
export function useOutOfSight(elementId: string | undefined, root: RefObject<HTMLElement | null>): boolean {
  const [outOfSight, setOutOfSight] = useState(false);
  useEffect(() => {
    const scroller = root.current;
    if (elementId === undefined || !scroller) return;
    let element: HTMLElement | null = null;
    const sight = new IntersectionObserver(
      (entries) => setOutOfSight(entries.at(-1)?.isIntersecting === false),
      { root: scroller },
    );
    // What is known of is drawn a moment later, and may be drawn anew.
    const follow = () => {
      if (element?.isConnected) return;
      if (element) sight.unobserve(element);
      element = document.getElementById(elementId);
      if (element) sight.observe(element);
    };
    const drawing = new MutationObserver(follow);
    drawing.observe(scroller, { childList: true, subtree: true });
    follow();
    return () => {
      drawing.disconnect();
      sight.disconnect();
      setOutOfSight(false);
    };
  }, [elementId, root]);
  return outOfSight;
}
