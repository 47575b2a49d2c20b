import { say } from '../browser/open-chat.ts';
import type { BenchChat } from './open-bench-chat.ts';
import { watchPage } from './watch-page.ts';

/** Looks on in the long session while the agent says Markdown: whether anything moves. */
export async function measureReading({ page, longUrl }: BenchChat, runs: number) {
  const figures = [];
  const live = page.locator('[data-testid=agent-message][data-live=true]');
  for (let run = 0; run < runs; run += 1) {
    await page.goto(longUrl);
    await page.getByTestId('agent-message').last().waitFor();
    await page.waitForLoadState('networkidle');
    const reading = await watchPage(page);
    // Long enough to be seen on a quiet machine.
    await say(page, 'markdown 20000 every 2');
    await live.waitFor({ state: 'attached' });
    await live.waitFor({ state: 'detached' });
    figures.push({ 'layout shift': (await reading.read()).layoutShift });
  }
  return figures;
}
