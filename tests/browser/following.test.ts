import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { watchPage } from '../bench/watch-page.ts';
import { hiddenBelow } from './hidden-below.ts';
import { type Chat, openChat, say, sayAndWait, startSession, turnEnds } from './open-chat.ts';

let chat: Chat;
let page: Page;
let turns = 0;

beforeAll(async () => {
  chat = await openChat({ pace: 0.5 });
  page = chat.page;
  await page.setViewportSize({ width: 900, height: 600 });
  await startSession(chat);
});
beforeEach(async () => {
  turns = await page.getByTestId('agent-message').count();
});
afterAll(() => chat?.[Symbol.asyncDispose]());

const conversation = () => page.getByRole('region', { name: 'Conversation' });
const hidden = () => hiddenBelow(page);
const position = () => conversation().evaluate((element) => element.scrollTop);

test('a prompt of many lines leaves the field, and the answer is followed to its end', async () => {
  await sayAndWait(page, 'help');
  turns += 1;
  await say(page, `help\n${'and another line\n'.repeat(12)}`);
  await turnEnds(page, turns);
  await expect.poll(hidden).toBeLessThan(2);
});

test('a reader who scrolls up stays there while the answer grows, and comes back to the end by a button', async () => {
  await say(page, 'slow');
  await page.getByTestId('agent-message').nth(turns).getByTestId('markdown').first().waitFor();
  await conversation().hover();
  await page.mouse.wheel(0, -200);
  const latest = page.getByRole('button', { name: 'Jump to latest' });
  await latest.waitFor();
  const [height, read] = await Promise.all([
    conversation().evaluate((element) => element.scrollHeight),
    position(),
  ]);
  await expect
    .poll(() => conversation().evaluate((element) => element.scrollHeight))
    .toBeGreaterThan(height + 40);
  expect(await position()).toBe(read);
  await latest.click();
  await page.getByRole('button', { name: 'Stop' }).click();
  await turnEnds(page, turns);
  await expect.poll(hidden).toBeLessThan(2);
});

test('what is opened stays under the pointer', async () => {
  await sayAndWait(page, 'agent');
  const fold = page.getByTestId('tool').filter({ hasText: 'Sub-agent' }).getByRole('button').first();
  const before = await fold.boundingBox();
  await fold.click();
  await expect.poll(hidden).toBeGreaterThan(10);
  expect((await fold.boundingBox())?.y).toBe(before?.y);
  // Folded again, the end is followed again.
  await fold.click();
  await expect.poll(hidden).toBeLessThan(2);
  await sayAndWait(page, 'markdown');
  await expect.poll(hidden).toBeLessThan(2);
});

test('while an answer grows nothing moves that stands there already', async () => {
  await expect.poll(hidden).toBeLessThan(2);
  expect(await position()).toBeGreaterThan(600);
  const watch = await watchPage(page);
  await sayAndWait(page, 'markdown 20000 every 5');
  expect((await watch.read()).shifts).toEqual([]);
});

test('a movement that a key began does not go on from the end, once the button has led there', async () => {
  await conversation().focus();
  const resting = conversation().evaluate(async (region) => {
    const { promise: appeared, resolve } = Promise.withResolvers<HTMLButtonElement>();
    const look = () => {
      const buttons = [...document.querySelectorAll('button')];
      const button = buttons.find(({ textContent }) => textContent === 'Jump to latest');
      if (button) resolve(button);
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { childList: true, subtree: true });
    (await appeared).click();
    observer.disconnect();
    // Whatever moves it moves it with each frame.
    let [last, still] = [Number.NaN, 0];
    while (still < 30) {
      await new Promise(requestAnimationFrame);
      still = region.scrollTop === last ? still + 1 : 0;
      last = region.scrollTop;
    }
    return region.scrollHeight - region.clientHeight - last;
  });
  await page.keyboard.press('Home');
  expect(await resting).toBeLessThan(2);
});
