import type { Page } from 'playwright-core';
import { say } from '../browser/open-chat.ts';
import type { BenchChat } from './open-bench-chat.ts';
import { quantile } from './summarise.ts';
import { type PageFigures, watchPage } from './watch-page.ts';

const sentence = 'while it speaks somebody writes the next prompt at once ';
const betweenKeysMs = 30;
/** What a key costs in a page that does nothing with it: what this machine and its browser take for themselves. */
const emptyPage = 'data:text/html,<textarea aria-label="Message to the agent"></textarea>';

/** Types while the agent says 200 pieces a second in the long session, and then looks on while it says Markdown. */
export async function measureStreaming({ page, longUrl }: BenchChat, runs: number) {
  const figures = [];
  for (let run = 0; run < runs; run += 1) {
    await page.goto(emptyPage);
    const empty = await typeIn(page);
    await page.goto(longUrl);
    await page.getByTestId('agent-message').last().waitFor();
    await page.waitForLoadState('networkidle');
    const live = page.locator('[data-testid=agent-message][data-live=true]');
    await say(page, 'flood 2000 every 5');
    await live.getByTestId('markdown').first().waitFor();
    const typing = await typeIn(page);
    await page.getByRole('button', { name: 'Stop' }).click();
    await live.waitFor({ state: 'detached' });
    await field(page).fill('');
    const reading = await watchPage(page);
    await say(page, 'markdown');
    await live.waitFor();
    await live.waitFor({ state: 'detached' });
    const { layoutShift } = await reading.read();
    figures.push({
      keyHandledP95Ms: p95(typing.handledMs),
      keyP95Ms: p95(typing.keyMs),
      emptyPageKeyP95Ms: p95(empty.keyMs),
      typingLongestTaskMs: typing.longestTaskMs,
      layoutShift,
    });
  }
  return figures;
}

const field = (page: Page) => page.getByRole('textbox', { name: 'Message to the agent' });

async function typeIn(page: Page): Promise<PageFigures> {
  const watch = await watchPage(page);
  await field(page).pressSequentially(sentence, { delay: betweenKeysMs });
  return watch.read();
}

const p95 = (values: readonly number[]) =>
  quantile(
    values.toSorted((a, b) => a - b),
    0.95,
  );
