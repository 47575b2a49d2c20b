import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from './expect-accessible.ts';
import { type Chat, openChat, say, sayAndWait, startSession, turnEnds } from './open-chat.ts';

let chat: Chat;
let page: Page;

beforeAll(async () => {
  chat = await openChat({ pace: 0.2 });
  page = chat.page;
  await startSession(chat);
});
afterAll(() => chat?.[Symbol.asyncDispose]());

const sessions = () => page.getByRole('navigation', { name: 'Sessions' });
const row = (title: string) => sessions().getByRole('listitem').filter({ hasText: title });

async function anotherSession(): Promise<void> {
  await page.getByRole('button', { name: 'New session' }).click();
  await page.getByRole('button', { name: 'Start session' }).click();
  await page.getByRole('heading', { name: 'What should we work on?' }).waitFor();
}

test('what was said anywhere is found, and a hit leads to its message', async () => {
  await sayAndWait(page, 'remember the kettle is purple');
  await sayAndWait(page, 'help');
  await sayAndWait(page, 'help');
  await anotherSession();
  const field = page.getByRole('textbox', { name: 'Search all sessions' });
  await field.fill('PURPLE kettle');
  const hit = page.getByTestId('search-hit').filter({ hasText: 'You:' });
  await hit.waitFor();
  expect(await hit.locator('mark').allTextContents()).toEqual(['kettle', 'purple']);
  await expectAccessible(page, 'search');
  await hit.click();
  const message = page.getByTestId('user-message').filter({ hasText: 'purple' });
  await page.waitForFunction(() => document.activeElement?.getAttribute('data-testid') === 'user-message');
  await expect.poll(() => message.evaluate((element) => element === document.activeElement)).toBe(true);
  const box = await message.boundingBox();
  expect(box?.y).toBeGreaterThan(0);
  expect(box?.y).toBeLessThan(700);
  expect(await page.evaluate(() => CSS.highlights.get('found')?.size)).toBe(2);
  await expectAccessible(page, 'search-jump');
  await field.fill('no such word anywhere');
  await page.getByText('Nothing was found.').waitFor();
  await expectAccessible(page, 'search-nothing');
  await field.press('Escape');
  await row('purple').first().waitFor();
});

test('a fork goes on from where its original is, and leaves that as it was', async () => {
  await row('purple').hover();
  await page.getByRole('button', { name: /^Actions for .*purple/ }).click();
  await page.getByRole('menuitem', { name: 'Fork' }).waitFor();
  await expectAccessible(page, 'session-menu');
  await page.getByRole('menuitem', { name: 'Fork' }).click();
  await page.getByRole('heading', { name: /^Fork of / }).waitFor();
  // Of a long log only the end is drawn; its agent knows all of it.
  const last = page.getByTestId('agent-message').last();
  await last.waitFor();
  expect(await last.textContent()).not.toContain('purple');
  await say(page, 'recall');
  await expect.poll(() => last.textContent()).toContain('purple');
  await page.goBack();
  await page.getByRole('heading', { name: /^remember .*purple$/ }).waitFor();
  await expect.poll(() => page.getByTestId('agent-message').count()).toBe(3);
});

test('the list tells what waits for an answer and what nobody has read; so does the title of the page', async () => {
  await anotherSession();
  await say(page, 'permission');
  await page.getByRole('button', { name: /Allow once/ }).waitFor();
  await row('purple').last().getByRole('button').first().click();
  await page.getByRole('heading', { name: /^remember .*purple$/ }).waitFor();
  const asking = page.getByTestId('session-state').and(page.locator('[data-state=waiting]'));
  await asking.waitFor();
  await expect.poll(() => page.title()).toMatch(/^\(1\) /);
  // Somebody allows it in another tab and is gone at once; the turn ends while this one looks at another session.
  const second = await chat.context.newPage();
  await second.addInitScript(() => {
    document.hasFocus = () => false;
  });
  await second.goto(chat.gateway.url);
  await second.getByRole('listitem').filter({ hasText: 'Needs you' }).getByRole('button').first().click();
  await second.getByRole('button', { name: /Allow once/ }).click();
  await second.locator('[data-testid=agent-message][data-live=false]').waitFor();
  await second.close();
  const unread = sessions().getByRole('listitem').filter({ hasText: 'New answer' });
  await unread.waitFor();
  await expectAccessible(page, 'unread');
  await unread.getByRole('button').first().click();
  await unread.waitFor({ state: 'detached' });
  await expect.poll(() => page.title()).not.toMatch(/^\(/);
});

/** Holds the list back as it was when it was asked for; returns what lets it come, until what it shows is newer than that. */
async function holdList(): Promise<() => Promise<void>> {
  const [held, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let isReleased = false;
  let asked = 0;
  const isList = (url: URL) => url.pathname === '/api/sessions';
  await page.route(isList, async (route) => {
    if (route.request().method() !== 'GET') return route.continue();
    if (isReleased) {
      asked += 1;
      return route.continue();
    }
    const response = await route.fetch();
    held.resolve();
    await released.promise;
    await route.fulfill({ response });
  });
  await held.promise;
  return async () => {
    isReleased = true;
    released.resolve();
    // Who asks a second time has shown the first answer.
    await expect.poll(() => asked).toBeGreaterThan(1);
    await page.unroute(isList);
  };
}

test('what was seen is not new to a list that learns of it late: an answer, and a fork that is left at once', async () => {
  const leave = async () => {
    await row('purple').last().getByRole('button').first().click();
    await page.getByRole('heading', { name: /^remember .*purple$/ }).waitFor();
  };
  const unread = sessions().getByText('New answer');
  await anotherSession();
  await sayAndWait(page, 'remember the cup is white');
  await row('cup').waitFor();
  const showAnswer = await holdList();
  await sayAndWait(page, 'recall');
  await leave();
  await showAnswer();
  expect(await unread.count()).toBe(0);
  const showFork = await holdList();
  await row('cup').hover();
  await page.getByRole('button', { name: /^Actions for .*cup/ }).click();
  await page.getByRole('menuitem', { name: 'Fork' }).click();
  await page.getByRole('heading', { name: /^Fork of .*cup/ }).waitFor();
  await leave();
  await showFork();
  await row('Fork of').filter({ hasText: 'cup' }).waitFor();
  expect(await unread.count()).toBe(0);
});

test('sessions are grouped by work directory, and stay so', async () => {
  await page.getByRole('button', { name: 'Group by work directory' }).click();
  await sessions()
    .getByRole('heading', { name: /\/work$/ })
    .waitFor();
  await expectAccessible(page, 'grouped');
  await page.reload();
  await sessions()
    .getByRole('heading', { name: /\/work$/ })
    .waitFor();
  await page.getByRole('button', { name: 'Group by work directory' }).click();
  await sessions()
    .getByRole('heading', { name: /\/work$/ })
    .waitFor({ state: 'detached' });
});

test('a pinned session is at the top of the list, and stays there', async () => {
  const oldest = sessions().getByRole('listitem').last();
  const title = (await oldest.getByRole('button').first().locator('span span').nth(1).textContent()) ?? '';
  await oldest.hover();
  await oldest.getByRole('button', { name: /^Actions for / }).click();
  await page.getByRole('menuitem', { name: 'Pin to the top' }).click();
  const pinned = sessions().getByRole('region', { name: 'Pinned' }).getByRole('listitem');
  await pinned.filter({ hasText: title }).waitFor();
  await expectAccessible(page, 'pinned');
  await page.reload();
  await pinned.filter({ hasText: title }).hover();
  await pinned.getByRole('button', { name: /^Actions for / }).click();
  await page.getByRole('menuitem', { name: 'No longer pin' }).click();
  await pinned.waitFor({ state: 'detached' });
});

/** Grows by each note that the page sounds, as the browser's own eye on its audio sees it. */
async function heardNotes(): Promise<string[]> {
  const devtools = await chat.context.newCDPSession(page);
  const notes: string[] = [];
  devtools.on('WebAudio.nodesConnected', ({ sourceId }) => {
    if (oscillators.has(sourceId)) notes.push(sourceId);
  });
  const oscillators = new Set<string>();
  devtools.on('WebAudio.audioNodeCreated', ({ node }) => {
    if (node.nodeType === 'Oscillator') oscillators.add(node.nodeId);
  });
  await devtools.send('WebAudio.enable');
  return notes;
}

test('the browser calls a user who looks elsewhere, by words and by a sound, once they have asked for each', async () => {
  await chat.context.grantPermissions(['notifications']);
  // Chromium without a desktop shows none; what the page would show is written down instead.
  await page.addInitScript(() => {
    const shown: string[] = [];
    class Recorded extends EventTarget {
      static readonly permission = 'granted';
      static requestPermission = async () => 'granted';
      constructor(title: string, { body }: { body: string }) {
        super();
        shown.push(`${title}: ${body}`);
      }
      close() {}
    }
    Object.assign(window, { Notification: Recorded, shown });
  });
  const notes = await heardNotes();
  await page.reload();
  await page.getByRole('button', { name: 'Settings' }).click();
  const item = page.getByRole('menuitemcheckbox', { name: /^Notifications/ });
  expect(await item.getAttribute('aria-checked')).toBe('false');
  await item.click();
  await expect.poll(() => item.getAttribute('aria-checked')).toBe('true');
  await expectAccessible(page, 'settings');
  await page.keyboard.press('Escape');
  const turns = await page.getByTestId('agent-message').count();
  await say(page, 'question');
  await page.getByTestId('question').getByRole('radio').first().waitFor();
  const shown = () => page.evaluate(() => (window as unknown as { shown: string[] }).shown);
  expect(await shown()).toEqual([]);
  await page.getByTestId('question').getByRole('radio').first().check();
  await page.getByTestId('question').getByRole('checkbox').first().check();
  await page.evaluate(() => {
    document.hasFocus = () => false;
  });
  await page.getByTestId('question').getByRole('button', { name: 'Answer' }).click();
  await turnEnds(page, turns);
  await expect.poll(shown).toEqual([expect.stringMatching(/: The agent has finished\.$/)]);
  expect(notes).toEqual([]);
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('menuitemcheckbox', { name: /^Sound/ }).click();
  // What was turned on is heard at once.
  await expect.poll(() => notes).toHaveLength(2);
  await page.keyboard.press('Escape');
  await say(page, 'permission');
  await expect.poll(async () => (await shown())[1]).toMatch(/: The agent needs your answer\.$/);
  await expect.poll(() => notes).toHaveLength(4);
  expect(chat.problems).toEqual([]);
});
