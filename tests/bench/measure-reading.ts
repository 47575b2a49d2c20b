import { sum } from '../../apps/gateway/src/ground/sum.ts';
import { say } from '../browser/open-chat.ts';
import type { BenchChat } from './open-bench-chat.ts';
import { watchPage } from './watch-page.ts';

/** Markdown of which many pieces come into each frame, and of which few do. Long enough to be seen on a quiet machine. */
const streams = {
  'layout shift, 500 pieces/s': 'markdown 20000 every 2',
  'layout shift, 200 pieces/s': 'markdown 20000 every 5',
} as const;

export const readingBars = { 'layout shift, 500 pieces/s': 0.001, 'layout shift, 200 pieces/s': 0.001 };

/**
 * Looks on in the long session while the agent says Markdown, from when the page was opened: whether anything moves that
 * stands there already (Cumulative Layout Shift, https://wicg.github.io/layout-instability). Says what does.
 */
export async function measureReading({ page, longUrl }: BenchChat, runs: number) {
  const figures = [];
  const live = page.locator('[data-testid=agent-message][data-live=true]');
  for (let run = 0; run < runs; run += 1) {
    const figuresOfRun: Record<string, number> = {};
    for (const [name, prompt] of Object.entries(streams)) {
      await page.goto(longUrl);
      await page.getByTestId('agent-message').last().waitFor();
      await page.waitForLoadState('networkidle');
      const reading = await watchPage(page);
      await say(page, prompt);
      await live.waitFor({ state: 'attached' });
      await live.waitFor({ state: 'detached' });
      // As it is usual, without what followed a key.
      const shifts = (await reading.read()).shifts.filter(({ hadRecentInput }) => !hadRecentInput);
      for (const { value, moved } of shifts) console.log(`${name}: ${value.toFixed(5)}: ${moved.join('; ')}`);
      figuresOfRun[name] = sum(shifts.map(({ value }) => value));
    }
    figures.push(figuresOfRun);
  }
  return figures;
}
