import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from './expect-accessible.ts';
import { type Chat, openChat, say, sayAndWait, startSession } from './open-chat.ts';

let chat: Chat;
let page: Page;

beforeAll(async () => {
  chat = await openChat({ pace: 0.2 });
  page = chat.page;
  await startSession(chat);
});
afterAll(() => chat?.[Symbol.asyncDispose]());

const palette = () => page.getByRole('dialog', { name: 'Commands' });
const line = (name: string | RegExp) => palette().getByRole('option', { name });
const rows = () => page.getByRole('navigation', { name: 'Sessions' }).getByRole('listitem');

/** The keyboard is there again once a window has closed. */
const expectFocused = (place: Locator) =>
  expect.poll(() => place.evaluate((element) => element === document.activeElement)).toBe(true);

/** Opens the palette, types, and takes what is at the top. */
async function order(words: string, expected: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await palette().getByRole('combobox').fill(words);
  await palette().locator('[role=option][aria-selected=true]').getByText(expected).waitFor();
  await page.keyboard.press('Enter');
}

test('the palette does everything by a few letters: sessions, titles, forks, looks, language', async () => {
  await sayAndWait(page, 'remember the kettle is purple');
  await page.keyboard.press('Control+k');
  await line(/purple/).waitFor();
  await expectAccessible(page, 'palette');
  await page.keyboard.press('Escape');
  await palette().waitFor({ state: 'detached' });
  await expectFocused(page.getByRole('textbox', { name: 'Message to the agent' }));

  await order('rename', 'Rename this session');
  await page.getByRole('textbox', { name: 'New title' }).fill('Kettle');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Kettle' }).waitFor();
  // The palette that opened that window is gone: it is where it was before both.
  await expectFocused(page.getByRole('textbox', { name: 'Message to the agent' }));
  await order('fork', 'Fork this session');
  await page.getByRole('heading', { name: 'Fork of Kettle' }).waitFor();
  await order('kettle', 'Kettle');
  await order('theme dark', 'Theme: Dark');
  await page.locator('html.dark').waitFor();
  await order('theme sys', 'Theme: Same as the system');
  await order('中文', 'Language: 中文');
  await page.getByRole('button', { name: '命令' }).click();
  await page.getByRole('dialog', { name: '命令' }).getByText('当前会话', { exact: true }).waitFor();
  await expectAccessible(page, 'palette-zh');
  await page.getByRole('dialog', { name: '命令' }).getByRole('combobox').fill('english');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'New session' }).waitFor();
});

test('what cannot be done now says why; a turn is stopped', async () => {
  await say(page, 'wait');
  await page.getByRole('button', { name: 'Stop' }).waitFor();
  await page.keyboard.press('Control+k');
  await line(/Fork this session.*once this turn is over/).waitFor();
  await palette().getByRole('combobox').fill('stop');
  await page.keyboard.press('Enter');
  await page.getByText('Stopped before it was finished').waitFor();
});

test('a question mark shows every key, unless somebody writes one', async () => {
  await page.getByRole('textbox', { name: 'Message to the agent' }).press('?');
  expect(await page.getByRole('dialog').count()).toBe(0);
  await page.getByRole('textbox', { name: 'Message to the agent' }).fill('');
  await page.getByRole('region', { name: 'Conversation' }).focus();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByText('New line').waitFor();
  await expectAccessible(page, 'shortcuts');
  await page.keyboard.press('Escape');
});

test('a session that was deleted can be brought back', async () => {
  await expect.poll(() => rows().count()).toBe(2);
  await order('delete', 'Delete this session');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => rows().count()).toBe(2);
  expect(chat.problems).toEqual([]);
});

test('words that fit nothing are looked for in all sessions', async () => {
  await order('kettle purple', 'Search all sessions for “kettle purple”');
  await page.getByTestId('search-hit').first().waitFor();
  await page.getByRole('button', { name: 'End the search' }).click();
  await expect.poll(() => rows().count()).toBe(2);
});

test('on a phone it takes the place of the list of sessions', async () => {
  await page.setViewportSize({ width: 380, height: 760 });
  await page.getByRole('button', { name: 'Open the list of sessions' }).click();
  await page.getByRole('dialog', { name: 'Sessions' }).getByRole('button', { name: 'Commands' }).click();
  await palette().getByRole('combobox').waitFor();
  await page.getByRole('dialog', { name: 'Sessions' }).waitFor({ state: 'detached' });
  await expectAccessible(page, 'palette-phone');
  await page.keyboard.press('Escape');
  await palette().waitFor({ state: 'detached' });
  await page.setViewportSize({ width: 1_200, height: 800 });
});

test('where the agent can be taken to a terminal, the line for it is shown and copied', async () => {
  // The demo agent cannot; the page hears from its gateway what it would of one that can.
  await page.route(/\/api\/sessions\?/, async (route) => {
    const response = await route.fetch();
    const body = await response.json();
    for (const session of body.sessions) session.terminal_command = ['claude', '--resume', 'a-1'];
    await route.fulfill({ response, json: body });
  });
  await chat.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.reload();
  await rows().first().hover();
  await page
    .getByRole('button', { name: /^Actions for / })
    .first()
    .click();
  await page.getByRole('menuitem', { name: 'Continue in a terminal' }).click();
  const dialog = page.getByRole('dialog', { name: 'Continue in a terminal' });
  await dialog.getByText(/^cd \/.* && claude --resume a-1$/).waitFor();
  await expectAccessible(page, 'terminal-line');
  await dialog.getByRole('button', { name: 'Copy the line' }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(await dialog.getByTestId('terminal-line').textContent());
  await page.keyboard.press('Escape');
});

// The last one: by the time axe is done, the session may be gone for good.
test('while a deletion can be undone, the page is as accessible as ever', async () => {
  await rows().first().hover();
  await page
    .getByRole('button', { name: /^Actions for / })
    .first()
    .click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Undo' }).waitFor();
  await expect.poll(() => rows().count()).toBe(1);
  await expectAccessible(page, 'deleted');
});
