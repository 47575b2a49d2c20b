import type { Page } from 'playwright-core';

export type PageFigures = {
  /** Milliseconds; 0 if no task took more than 50, which is the least that browsers tell. */
  longestTaskMs: number;
  /** Cumulative Layout Shift, without what followed a key or a click. */
  layoutShift: number;
};

/** Notes from now on how smoothly the page works. */
export async function watchPage(page: Page): Promise<{ read(): Promise<PageFigures> }> {
  const handle = await page.evaluateHandle(() => {
    const seen = { longestTaskMs: 0, layoutShift: 0 };
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries())
        seen.longestTaskMs = Math.max(seen.longestTaskMs, duration);
    }).observe({ type: 'longtask' });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const shift = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
        if (!shift.hadRecentInput) seen.layoutShift += shift.value;
      }
    }).observe({ type: 'layout-shift' });
    return seen;
  });
  return { read: () => handle.jsonValue() };
}
