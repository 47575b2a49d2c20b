import type { Page } from 'playwright-core';

/** What moved in one frame other than by scrolling. */
export type PageShift = {
  /** The layout shift score of the frame. */
  value: number;
  /** Whether it may have followed a key or a click. */
  hadRecentInput: boolean;
  /** What moved most, and by how much; CSS pixels. */
  moved: string[];
};

export type PageFigures = {
  /** Milliseconds; 0 if no task took more than 50, which is the least that browsers tell. */
  longestTaskMs: number;
  shifts: PageShift[];
};

/** Notes from now on how smoothly the page works. */
export async function watchPage(page: Page): Promise<{ read(): Promise<PageFigures> }> {
  const handle = await page.evaluateHandle(() => {
    type Shift = PerformanceEntry & {
      value: number;
      hadRecentInput: boolean;
      sources: { node: Node | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[];
    };
    const seen: PageFigures = { longestTaskMs: 0, shifts: [] };
    const nameOf = (node: Node | null) => {
      const element = node instanceof Element ? node : node?.parentElement;
      const { streamdown, testid } = element instanceof HTMLElement ? element.dataset : {};
      return `${streamdown ?? testid ?? element?.localName} “${element?.textContent?.slice(0, 20)}”`;
    };
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries())
        seen.longestTaskMs = Math.max(seen.longestTaskMs, duration);
    }).observe({ type: 'longtask' });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, hadRecentInput, sources } = entry as Shift;
        const moved = sources.map(({ node, previousRect: from, currentRect: to }) => {
          const [right, down] = [to.x - from.x, to.y - from.y].map(Math.round);
          return `${nameOf(node)} by ${right}, ${down}`;
        });
        seen.shifts.push({ value, hadRecentInput, moved });
      }
    }).observe({ type: 'layout-shift' });
    return seen;
  });
  return { read: () => handle.jsonValue() };
}
