import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BenchChat, openBenchChat } from '../bench/open-bench-chat.ts';
import { watchPage } from '../bench/watch-page.ts';
import { hiddenBelow } from './hidden-below.ts';
import { say } from './open-chat.ts';

let chat: BenchChat;

beforeAll(async () => {
  chat = await openBenchChat({ turns: 150, pace: 0 });
});
afterAll(() => chat?.[Symbol.asyncDispose]());

const rows = () => chat.page.getByTestId(/^(agent|user)-message$/);
const conversation = () => chat.page.getByRole('region', { name: 'Conversation' });

const scrolled = () => conversation().evaluate((element) => element.scrollTop);

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
      return (await beginning.isVisible()) && scrolled();
    })
    // What comes before the reader after a key leaves them where they are.
    .toBe(0);
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

test('a conversation opens as it stays: nothing is shown as it was written, and drawn then', async () => {
  await chat.page.addInitScript(watchUndrawn);
  await openAtEnd();
  expect(await chat.page.evaluate(() => (globalThis as unknown as Undrawn).undrawn())).toBe(0);
});

test('messages that leave because new ones come leave their room: nothing moves that stands there already', async () => {
  const { page } = chat;
  await openAtEnd();
  // Until all is drawn that is near the reader.
  await page.waitForLoadState('networkidle');
  const first = await rows().first().getAttribute('id');
  const watch = await watchPage(page);
  const said = page.locator('[data-testid=agent-message][data-live=false]').last();
  await expect
    .poll(async () => {
      const last = await said.getAttribute('id');
      await say(page, 'markdown');
      await expect.poll(() => said.getAttribute('id')).not.toBe(last);
      return rows().first().getAttribute('id');
    })
    .not.toBe(first);
  expect(await rows().count()).toBeLessThan(40);
  expect((await watch.read()).shifts).toEqual([]);
});

type Undrawn = { undrawn: () => number };

/** Runs in the page, before its own code: counts words that come into it while what draws them is still on its way. */
function watchUndrawn(): void {
  let seen = 0;
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes)
      for (const node of addedNodes)
        if (node instanceof Element) seen += node.querySelectorAll('[data-testid=markdown] > p').length;
  }).observe(document, { childList: true, subtree: true });
  Object.assign(globalThis, { undrawn: () => seen });
}
