import type { Page } from 'playwright-core';

export type PageFigures = {
  /** Milliseconds; 0 if no task took more than 50, which is the least that browsers tell. */
  longestTaskMs: number;
  /** Cumulative Layout Shift, without what followed a key or a click. */
  layoutShift: number;
  /** Of each key: milliseconds from when the browser had it until the page had taken it and was free again. */
  keyMs: number[];
  /** The same from when the page was told of it. */
  handledMs: number[];
};

/** Notes from now on how smoothly the page works. */
export async function watchPage(page: Page): Promise<{ read(): Promise<PageFigures> }> {
  const handle = await page.evaluateHandle(() => {
    const seen = { longestTaskMs: 0, layoutShift: 0, keyMs: [] as number[], handledMs: [] as number[] };
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
    const { port1, port2 } = new MessageChannel();
    const pending: { since: number; toldAt: number }[] = [];
    port1.onmessage = () => {
      const now = performance.now();
      for (const { since, toldAt } of pending.splice(0)) {
        seen.keyMs.push(now - since);
        seen.handledMs.push(now - toldAt);
      }
    };
    addEventListener(
      'keydown',
      ({ timeStamp }) => {
        pending.push({ since: timeStamp, toldAt: performance.now() });
        // After this task, in which the field takes the letter and is drawn anew.
        port2.postMessage(null);
      },
      { capture: true },
    );
    return seen;
  });
  return { read: () => handle.jsonValue() };
}
