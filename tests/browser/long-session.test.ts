import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BenchChat, openBenchChat } from '../bench/open-bench-chat.ts';
import { hiddenBelow } from './hidden-below.ts';

let chat: BenchChat;

beforeAll(async () => {
  chat = await openBenchChat({ turns: 150, pace: 0 });
});
afterAll(() => chat?.[Symbol.asyncDispose]());

const rows = () => chat.page.getByTestId(/^(agent|user)-message$/);
const conversation = () => chat.page.getByRole('region', { name: 'Conversation' });

/** How many messages its last events are depends on how fast they came. */
async function openAtEnd(): Promise<void> {
  await chat.page.goto(chat.longUrl);
  await rows().first().waitFor();
  await expect.poll(() => hiddenBelow(chat.page)).toBeLessThan(2);
  expect(await conversation().evaluate((element) => element.scrollTop)).toBeGreaterThan(1_000);
}

test('of a long session only what is near the reader is drawn: its end, its beginning, and a hit between', async () => {
  const { page, first } = chat;
  await openAtEnd();
  expect(await rows().count()).toBeLessThan(100);

  const beginning = page.getByTestId('user-message').filter({ hasText: first });
  await conversation().focus();
  await expect
    .poll(async () => {
      await page.keyboard.press('Home');
      return beginning.isVisible();
    })
    .toBe(true);
  expect(await rows().count()).toBeLessThan(100);

  await page.getByRole('button', { name: 'Jump to latest' }).click();
  await beginning.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Jump to latest' }).waitFor({ state: 'detached' });

  await page.getByRole('textbox', { name: 'Search all sessions' }).fill(first);
  await page.getByTestId('search-hit').filter({ hasText: 'You:' }).click();
  await expect.poll(() => beginning.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await rows().count()).toBeLessThan(100);
});

test('what the reader sees stays where it is while earlier messages are put before it', async () => {
  await openAtEnd();
  const moved = await conversation().evaluate(async (region) => {
    const seen = region.querySelector('article');
    if (!seen) return undefined;
    seen.scrollIntoView();
    const top = seen.getBoundingClientRect().top;
    while (region.querySelector('article') === seen) await new Promise(requestAnimationFrame);
    return Math.abs(seen.getBoundingClientRect().top - top);
  });
  expect(moved).toBeLessThan(2);
});
