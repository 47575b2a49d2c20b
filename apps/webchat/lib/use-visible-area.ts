'use client';
import { useEffect } from 'react';
import { isZoomed, visibleArea } from './visible-area.ts';

/**
 * Tells the style sheet what an on-screen keyboard leaves of the page (`--visible-height`, `--visible-top`), while one is laid
 * over it: Safari on iOS knows no `interactive-widget=resizes-content`, and makes only the visual viewport smaller, which it
 * moves to the field that is written in (https://drafts.csswg.org/cssom-view/#visualViewport). Browsers that make the page
 * itself smaller need nothing of it.
 */
export function useVisibleArea(): void {
  useEffect(() => {
    const { visualViewport: viewport } = window;
    const { style } = document.documentElement;
    if (!viewport) return;
    const show = () => {
      const area = visibleArea(viewport, document.documentElement.clientHeight);
      if (area) {
        style.setProperty('--visible-height', `${area.height}px`);
        style.setProperty('--visible-top', `${area.top}px`);
        return;
      }
      const wasCovered = style.getPropertyValue('--visible-height') !== '';
      clear(style);
      // Nothing of the page is above its window; Safari at times leaves it where the keyboard had pushed it.
      if (wasCovered && !isZoomed(viewport) && scrollY > 0) scrollTo(0, 0);
    };
    show();
    viewport.addEventListener('resize', show);
    viewport.addEventListener('scroll', show);
    addEventListener('resize', show);
    return () => {
      viewport.removeEventListener('resize', show);
      viewport.removeEventListener('scroll', show);
      removeEventListener('resize', show);
      clear(style);
    };
  }, []);
}

function clear(style: CSSStyleDeclaration): void {
  style.removeProperty('--visible-height');
  style.removeProperty('--visible-top');
}
