import type { CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from './expect-accessible.ts';
import { hiddenBelow } from './hidden-below.ts';
import { type Chat, openChat, say, sayAndWait, startSession, turnEnds } from './open-chat.ts';
import { openPhone, phoneScreen } from './open-phone.ts';

/** What Android's keyboard leaves of it. */
const aboveKeyboard = { width: 360, height: 420 };

let chat: Chat;
let page: Page;
let devtools: CDPSession;

beforeAll(async () => {
  chat = await openChat({ pace: 0 });
  await startSession(chat);
  await sayAndWait(chat.page, 'markdown');
  page = await openPhone(chat);
  await page.goto(chat.page.url());
  await page.getByRole('table').waitFor();
  devtools = await page.context().newCDPSession(page);
});
afterAll(() => chat?.[Symbol.asyncDispose]());

const field = () => page.getByRole('textbox', { name: 'Message to the agent' });
const list = () => page.getByRole('dialog', { name: 'Sessions' });
const hidden = () => hiddenBelow(page);

/** A finger goes from one point to another, as the screen tells it. */
async function swipe(from: [number, number], to: [number, number]): Promise<void> {
  const steps = 5;
  const at = (step: number) => {
    const [x, y] = from.map((start, axis) => start + (((to[axis] ?? 0) - start) * step) / steps);
    return [{ x: x ?? 0, y: y ?? 0 }];
  };
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
    devtools.send('Input.dispatchTouchEvent', { type, touchPoints });
  // One after the other without a wait, for a finger that rests marks words.
  await Promise.all([
    send('touchStart', at(0)),
    ...Array.from({ length: steps }, (_, step) => send('touchMove', at(step + 1))),
    send('touchEnd', []),
  ]);
}

/** Swipes until there are so many lists: on a busy machine a finger may seem to rest, and marks words. */
async function swipeUntil(count: number, from: [number, number], to: [number, number]): Promise<void> {
  await expect
    .poll(
      async () => {
        if ((await list().count()) !== count) await swipe(from, to);
        return list().count();
      },
      { interval: 500 },
    )
    .toBe(count);
}

/** The letters of every field that can be seen, CSS pixels. */
const sizes = () =>
  page
    .locator('input:not([type=checkbox], [type=radio]), textarea, select')
    .evaluateAll((fields) =>
      fields
        .filter((each) => each.checkVisibility() && each.getBoundingClientRect().width > 1)
        .map((each) => Number.parseFloat(getComputedStyle(each).fontSize)),
    );

test('no field has letters so small that Safari would zoom in to them, where fingers touch it', async () => {
  expect(await page.evaluate(() => matchMedia('(pointer: coarse)').matches)).toBe(true);
  const all = await sizes();
  await page.getByRole('button', { name: 'Open the list of sessions' }).tap();
  await list().getByRole('textbox').waitFor();
  all.push(...(await sizes()));
  await list().getByRole('button', { name: 'New session' }).tap();
  const dialog = page.getByRole('dialog', { name: 'New session' });
  await dialog.getByRole('combobox', { name: 'Work directory' }).waitFor();
  all.push(...(await sizes()));
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(all.length).toBeGreaterThan(4);
  expect(Math.min(...all)).toBeGreaterThanOrEqual(16);
  // Where there is a mouse they are as small as ever.
  const prompt = chat.page.getByRole('textbox', { name: 'Message to the agent' });
  expect(await prompt.evaluate((element) => getComputedStyle(element).fontSize)).toBe('15.2px');
});

test('the keyboard takes its room from the conversation: the field stays above it, and the end in sight', async () => {
  // By this the browser makes the page smaller where it would only lay the keyboard over it.
  expect(await page.locator('meta[name=viewport]').getAttribute('content')).toContain(
    'interactive-widget=resizes-content',
  );
  await field().tap();
  await expect.poll(hidden).toBeLessThan(2);
  await page.setViewportSize(aboveKeyboard);
  await expect.poll(() => page.evaluate(() => visualViewport?.height)).toBe(aboveKeyboard.height);
  await expect.poll(hidden).toBeLessThan(2);
  const bottom = () => field().evaluate((element) => element.getBoundingClientRect().bottom);
  await expect.poll(bottom).toBeLessThan(aboveKeyboard.height);
  // A finger has to get at it.
  const send = await page.getByRole('button', { name: 'Send', exact: true }).boundingBox();
  expect((send?.y ?? 0) + (send?.height ?? 0)).toBeLessThanOrEqual(aboveKeyboard.height);
  expect(await field().evaluate((element) => element === document.activeElement)).toBe(true);
  await say(page, 'think');
  await turnEnds(page, 1);
  await expect.poll(hidden).toBeLessThan(2);
  await expectAccessible(page, 'phone-keyboard');
  await page.setViewportSize(phoneScreen);
  await expect.poll(hidden).toBeLessThan(2);
});

test('a finger draws the list of sessions in and pushes it back; one that scrolls or goes astray does not', async () => {
  await swipe([150, 200], [170, 520]);
  // Across the header, in which nothing scrolls.
  await swipe([100, 26], [130, 26]);
  await swipe([220, 26], [80, 26]);
  expect(await list().count()).toBe(0);
  await swipeUntil(1, [60, 26], [260, 40]);
  await list().getByRole('button', { name: 'New session' }).waitFor();
  await swipe([60, 400], [260, 400]);
  expect(await list().count()).toBe(1);
  await swipeUntil(0, [260, 400], [60, 380]);
  // By this the browser takes no finger across the page for the way back to the page before.
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).overscrollBehaviorX)).toBe(
    'none',
  );
});

test('code that was scrolled sideways is scrolled back, and no list comes', async () => {
  const code = page.locator('[data-streamdown=code-block-body]').first();
  await code.scrollIntoViewIfNeeded();
  await code.evaluate((element) => {
    for (const part of [element, ...element.querySelectorAll('*')]) part.scrollLeft = 40;
  });
  const box = await code.boundingBox();
  if (!box) throw new Error('there is no code');
  const y = box.y + box.height / 2;
  await swipe([60, y], [260, y]);
  expect(await list().count()).toBe(0);
  await swipeUntil(1, [60, y], [260, y]);
  expect(chat.problems).toEqual([]);
});
