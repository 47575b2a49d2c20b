'use client';
import { type RefObject, useEffect, useState } from 'react';

/** Whether an element cannot be seen at all in a scrolled part of the page. */
export function useOutOfSight(elementId: string | undefined, root: RefObject<HTMLElement | null>): boolean {
  const [outOfSight, setOutOfSight] = useState(false);
  useEffect(() => {
    const element = elementId === undefined ? null : document.getElementById(elementId);
    if (!element) return;
    const observer = new IntersectionObserver(
      (entries) => setOutOfSight(entries.at(-1)?.isIntersecting === false),
      { root: root.current },
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
      setOutOfSight(false);
    };
  }, [elementId, root]);
  return outOfSight;
}
