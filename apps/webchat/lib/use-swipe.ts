'use client';
import { type TouchEvent, useRef } from 'react';

/** A finger that went less far sideways was only put down, CSS pixels. */
const leastPx = 60;

/** Where a finger was put down, and which words were marked then. */
type Start = { x: number; y: number; marked: string };

const marked = () => String(getSelection() ?? '');

/** What an element needs to hear a finger swipe across it; one that scrolls code back or marks words is not heard. */
export function useSwipe(towards: 'left' | 'right', onSwipe: () => void) {
  const start = useRef<Start>(undefined);
  return {
    onTouchStart: ({ touches, target }: TouchEvent) => {
      const finger = touches[0];
      const isAlone = touches.length === 1 && !isScrolledSideways(target);
      start.current =
        finger && isAlone ? { x: finger.clientX, y: finger.clientY, marked: marked() } : undefined;
    },
    onTouchEnd: ({ changedTouches }: TouchEvent) => {
      const [from, finger] = [start.current, changedTouches[0]];
      start.current = undefined;
      // Who marks words means no more by it.
      if (!from || !finger || from.marked !== marked()) return;
      const across = (finger.clientX - from.x) * (towards === 'right' ? 1 : -1);
      if (across >= leastPx && across > 2 * Math.abs(finger.clientY - from.y)) onSwipe();
    },
  };
}

/** Whether a finger there would scroll a table or code back. */
function isScrolledSideways(target: EventTarget): boolean {
  for (let element = target instanceof Element ? target : null; element; element = element.parentElement)
    if (element.scrollLeft > 0) return true;
  return false;
}
