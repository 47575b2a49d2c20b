import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { expectAccessible } from './expect-accessible.ts';
import { type Chat, openChat, say, sayAndWait, startSession, turnEnds } from './open-chat.ts';

let chat: Chat;
let page: Page;
let turns = 0;

beforeAll(async () => {
  chat = await openChat({ pace: 0.5 });
  page = chat.page;
  await startSession(chat);
});
beforeEach(async () => {
  turns = await page.getByTestId('agent-message').count();
});
afterAll(() => chat?.[Symbol.asyncDispose]());

const field = () => page.getByRole('textbox', { name: 'Message to the agent' });
const stop = () => page.getByRole('button', { name: 'Stop', exact: true });
const lastAnswer = () => page.getByTestId('agent-message').last();

test('arrow-up brings back what was sent, arrow-down what was being typed', async () => {
  await sayAndWait(page, 'think');
  await sayAndWait(page, 'remember the colour is teal');
  await field().fill('half a thought');
  await field().press('Home');
  await field().press('ArrowUp');
  await expect.poll(() => field().inputValue()).toBe('remember the colour is teal');
  await field().press('ArrowUp');
  await expect.poll(() => field().inputValue()).toBe('think');
  await field().press('ArrowDown');
  await field().press('ArrowDown');
  await expect.poll(() => field().inputValue()).toBe('half a thought');
});

test('what is typed but not sent belongs to its session, and outlives a reload', async () => {
  await field().fill('for later');
  const address = page.url();
  await page.reload();
  await expect.poll(() => field().inputValue()).toBe('for later');
  await page.getByRole('button', { name: 'New session' }).click();
  await page.getByRole('button', { name: 'Start session' }).click();
  await page.getByRole('heading', { name: 'What should we work on?' }).waitFor();
  expect(await field().inputValue()).toBe('');
  await page.goBack();
  await expect.poll(() => page.url()).toBe(address);
  await expect.poll(() => field().inputValue()).toBe('for later');
  await field().fill('');
});

test('[I5] a waiting message is changed in its place, by keyboard alone', async () => {
  await say(page, 'wait');
  await stop().waitFor();
  await say(page, 'thimk');
  await page.getByRole('button', { name: 'Change this message' }).press('Enter');
  const waiting = page.getByRole('textbox', { name: 'The waiting message' });
  await waiting.fill('think');
  await expectAccessible(page, 'queue-edit');
  await waiting.press('Enter');
  await page.getByTestId('queue').getByText('think', { exact: true }).waitFor();
  await stop().click();
  await turnEnds(page, turns + 1);
  expect(await page.getByTestId('user-message').last().textContent()).toBe('think');
  await lastAnswer().getByTestId('reasoning').waitFor();
});

test('[I5] a message goes into the running turn, and is shown where the agent took it', async () => {
  await say(page, 'wait');
  await stop().waitFor();
  await field().fill('mind the milk');
  await field().press('Control+Enter');
  await page.getByTestId('steering-prompt').getByText('mind the milk').waitFor();
  // It is what this turn waits for.
  await turnEnds(page, turns);
  await lastAnswer().getByTestId('markdown').getByText('mind the milk').waitFor();
  expect(await page.getByTestId('queue').count()).toBe(0);
  await expectAccessible(page, 'steered');
});

test('[I5] a message takes the place of the running turn', async () => {
  await say(page, 'wait');
  await stop().waitFor();
  await field().fill('think');
  await page.getByRole('button', { name: 'Send in another way' }).click();
  await page.getByRole('menuitem', { name: /In place of this turn/ }).waitFor();
  await expectAccessible(page, 'deliveries');
  await page.getByRole('menuitem', { name: /In place of this turn/ }).click();
  await page.getByText('Stopped before it was finished').last().waitFor();
  await turnEnds(page, turns);
  await lastAnswer().getByTestId('reasoning').waitFor();
  expect(chat.problems).toEqual([]);
});
