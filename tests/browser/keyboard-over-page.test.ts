import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hiddenBelow } from './hidden-below.ts';
import { type Chat, openChat, sayAndWait, startSession } from './open-chat.ts';
import { openPhone, phoneScreen } from './open-phone.ts';

/** What iOS leaves of it, and where it moves what is seen, to a field at the lower end. */
const seen = { height: 400, offsetTop: 340, scale: 1 };
const all = { height: phoneScreen.height, offsetTop: 0, scale: 1 };

let chat: Chat;
let page: Page;

beforeAll(async () => {
  chat = await openChat({ pace: 0 });
  await startSession(chat);
  await sayAndWait(chat.page, 'markdown');
  page = await openPhone(chat);
  await page.addInitScript(standInForSafari, all);
  await page.goto(chat.page.url());
  await page.getByRole('table').waitFor();
});
afterAll(() => chat?.[Symbol.asyncDispose]());

/** Runs in the page, before its own code: a visual viewport that becomes smaller than the page, as Safari's does. */
function standInForSafari(whole: typeof seen): void {
  const viewport = Object.assign(new EventTarget(), whole);
  Object.defineProperty(window, 'visualViewport', { configurable: true, value: viewport });
}

/** Safari tells of a keyboard that came, of a finger that moved what is seen, or of two that zoom. */
const showKeyboard = (area: typeof seen) =>
  page.evaluate((told) => {
    const viewport = window.visualViewport;
    Object.assign(viewport ?? {}, told);
    viewport?.dispatchEvent(new Event('resize'));
    viewport?.dispatchEvent(new Event('scroll'));
  }, area);

const field = () => page.getByRole('textbox', { name: 'Message to the agent' });
const region = () => page.getByRole('region', { name: 'Conversation' });
const box = async (of: ReturnType<typeof field>) => {
  const { x, y, width, height } = (await of.boundingBox()) ?? { x: 0, y: -1, width: 0, height: 0 };
  return { left: x, top: y, right: x + width, bottom: y + height };
};
const hidden = () => hiddenBelow(page);

test('the field stays above a keyboard that is laid over the page, and the end in sight', async () => {
  await field().tap();
  const before = await box(page.getByRole('main'));
  await showKeyboard(seen);
  const end = seen.offsetTop + seen.height;
  await expect.poll(async () => (await box(page.getByRole('main'))).top).toBe(seen.offsetTop);
  expect((await box(field())).bottom).toBeLessThanOrEqual(end);
  expect((await box(page.getByRole('button', { name: 'Send', exact: true }))).bottom).toBeLessThanOrEqual(
    end,
  );
  expect((await box(page.locator('main header').first())).top).toBe(seen.offsetTop);
  await expect.poll(hidden).toBeLessThan(2);
  expect((await box(region())).bottom).toBeLessThanOrEqual((await box(field())).top);
  await sayAndWait(page, 'think');
  await expect.poll(hidden).toBeLessThan(2);
  // A finger moves what is seen back up.
  await showKeyboard({ ...seen, offsetTop: 0 });
  await expect.poll(async () => (await box(page.getByRole('main'))).top).toBe(0);
  expect((await box(field())).bottom).toBeLessThanOrEqual(seen.height);
  await showKeyboard(all);
  await expect.poll(() => box(page.getByRole('main'))).toEqual(before);
  await expect.poll(hidden).toBeLessThan(2);
});

test('two fingers that zoom in squeeze nothing, nor does a page that the browser made smaller itself', async () => {
  const shell = () =>
    page
      .locator('main')
      .locator('..')
      .evaluate((element) => element.clientHeight);
  await showKeyboard({ height: 370, offsetTop: 120, scale: 2 });
  expect(await shell()).toBe(phoneScreen.height);
  await showKeyboard(all);
  await page.setViewportSize({ ...phoneScreen, height: 420 });
  await showKeyboard({ ...all, height: 420 });
  await expect.poll(shell).toBe(420);
  expect(await page.evaluate(() => document.documentElement.style.getPropertyValue('--visible-height'))).toBe(
    '',
  );
  await page.setViewportSize(phoneScreen);
  await showKeyboard(all);
  await expect.poll(shell).toBe(phoneScreen.height);
});

test('a window over the page, and the list of folders in it, are above the keyboard, too', async () => {
  await page.getByRole('button', { name: 'Open the list of sessions' }).tap();
  await page.getByRole('button', { name: 'New session' }).tap();
  const dialog = page.getByRole('dialog', { name: 'New session' });
  const path = dialog.getByRole('combobox', { name: 'Work directory' });
  await path.tap();
  await showKeyboard({ ...seen, offsetTop: 100 });
  await path.press('ArrowDown');
  await dialog.getByRole('option').first().waitFor();
  const list = dialog.getByRole('listbox');
  const below = async () => (await box(list)).bottom - (await box(dialog)).bottom;
  await expect.poll(below).toBeLessThanOrEqual(0);
  // Moved by half of its height it would stand between two pixels.
  expect(await dialog.evaluate((element) => getComputedStyle(element).translate)).toBe('none');
  const [outer, inner, typed] = [await box(dialog), await box(list), await box(path)];
  expect(outer.top).toBeGreaterThanOrEqual(100);
  expect(outer.bottom).toBeLessThanOrEqual(500);
  expect(inner.bottom).toBeLessThanOrEqual(outer.bottom);
  // What is typed is in sight above it.
  expect(typed.top).toBeGreaterThan(outer.top);
  expect(typed.bottom).toBeLessThan(inner.top);
  expect(inner.bottom - inner.top).toBeGreaterThan(100);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
});

test('the palette is above the keyboard, and so is what the field completes', async () => {
  const area = { height: 260, offsetTop: 200, scale: 1 };
  const end = area.offsetTop + area.height;
  await showKeyboard(area);
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  const input = palette.getByRole('combobox');
  await input.waitFor();
  expect((await box(palette)).top).toBeGreaterThanOrEqual(area.offsetTop);
  expect((await box(palette)).bottom).toBeLessThanOrEqual(end);
  await input.press('ArrowUp');
  const last = palette.locator('[role=option][aria-selected=true]');
  await expect.poll(async () => (await box(last)).bottom).toBeLessThanOrEqual((await box(palette)).bottom);
  expect((await box(input)).bottom).toBeLessThan((await box(last)).top);
  await page.keyboard.press('Escape');
  await palette.waitFor({ state: 'detached' });
  await field().pressSequentially('/');
  const list = page.getByRole('listbox', { name: 'Commands and skills of the agent' });
  await list.getByRole('option').first().waitFor();
  // What is typed is read to its end, however long its explanation is.
  const cutOff = (options: Element[]) =>
    options.flatMap((option) => {
      const name = option.querySelector('span');
      return name && name.scrollWidth > name.clientWidth ? [name.textContent] : [];
    });
  expect(await list.getByRole('option').evaluateAll(cutOff)).toEqual([]);
  expect((await box(list)).top).toBeGreaterThanOrEqual(area.offsetTop);
  expect((await box(list)).bottom).toBeLessThanOrEqual((await box(field())).top);
  await field().fill('');
});

test('what was changed is shown above the keyboard, where comments are written', async () => {
  await page.getByRole('button', { name: /^Show what was changed/ }).tap();
  const panel = page.getByRole('dialog', { name: 'Changes' });
  await panel.waitFor();
  await showKeyboard(seen);
  await expect.poll(async () => (await box(panel)).top).toBe(seen.offsetTop);
  expect((await box(panel)).bottom).toBe(seen.offsetTop + seen.height);
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
  expect(chat.problems).toEqual([]);
});
