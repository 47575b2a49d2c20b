import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from './expect-accessible.ts';
import { type Chat, openChat, say, sayAndWait, turnEnds } from './open-chat.ts';

let chat: Chat;
let page: Page;

beforeAll(async () => {
  // Slow answers are to outlast the checks on a busy machine.
  chat = await openChat({ pace: 1.5 });
  page = chat.page;
});
afterAll(() => chat?.[Symbol.asyncDispose]());

/** Every word the agent wrote in its newest turn. */
const lastAnswer = async () => {
  const texts = await page.getByTestId('agent-message').last().getByTestId('markdown').allTextContents();
  return texts.join(' ').replace(/\s+/g, ' ').trim();
};

test('[H2] the printed link signs in, leaves the address bar, and a session begins', async () => {
  await page.goto(chat.gateway.signInLink);
  const start = page.getByRole('button', { name: 'Start a session' });
  await start.waitFor();
  expect(page.url()).not.toContain('code=');
  await start.click();
  // The pointer rests on the button that would fail first: a see-through colour has too little contrast there.
  await page.getByRole('button', { name: 'Start session' }).hover();
  await expectAccessible(page, 'new-session');
  await page.getByRole('button', { name: 'Start session' }).click();
  await sayAndWait(page, 'markdown');
  await page.getByRole('table').waitFor();
  // Only highlighted code is coloured.
  await page.locator('[data-streamdown=code-block] span[style*="--shiki"]').first().waitFor();
  await expectAccessible(page, 'markdown');
});

test('[E4] [C5] a permission answered in one tab is settled in the other, and each knows of the other', async () => {
  const second = await chat.context.newPage();
  await second.goto(page.url());
  await second.getByRole('table').waitFor();
  const turns = await page.getByTestId('agent-message').count();
  await say(page, 'permission');
  await page.getByRole('button', { name: /Allow once/ }).waitFor();
  await expectAccessible(page, 'permission');
  await second.getByRole('button', { name: /Deny/ }).click();
  await page
    .locator('[data-testid=permission][data-status=denied]')
    .filter({ hasText: 'by local' })
    .waitFor();
  await turnEnds(page, turns);
  expect(await page.getByRole('button', { name: /Allow once/ }).count()).toBe(0);
  await page.getByRole('button', { name: '2 connected now' }).click();
  await page.getByText('local · webchat').nth(1).waitFor();
  await expectAccessible(page, 'presence');
  await page.keyboard.press('Escape');
  await second.close();
  await page.getByRole('button', { name: '2 connected now' }).waitFor({ state: 'hidden' });
});

test('[R3] reloaded in mid-turn, the same answer goes on: nothing missing, nothing twice', async () => {
  const turns = await page.getByTestId('agent-message').count();
  await say(page, 'slow');
  await page.getByTestId('agent-message').nth(turns).getByTestId('markdown').first().waitFor();
  await expect.poll(async () => (await lastAnswer()).length).toBeGreaterThan(60);
  const before = await lastAnswer();
  await page.reload();
  await page.getByRole('button', { name: 'Stop' }).waitFor();
  await expect.poll(async () => (await lastAnswer()).length).toBeGreaterThan(before.length + 40);
  expect((await lastAnswer()).slice(0, before.length)).toBe(before);
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByText('Stopped before it was finished').waitFor();
  await expectAccessible(page, 'stopped');
  // What streamed in is what the log holds.
  const streamed = await lastAnswer();
  await page.reload();
  await page.getByText('Stopped before it was finished').waitFor();
  await expect.poll(lastAnswer).toBe(streamed);
});

test('[C2] [S5] [S6] the gateway is killed and started again: the open tab goes on by itself', async () => {
  const turns = await page.getByTestId('agent-message').count();
  await say(page, 'slow');
  // A prompt the gateway had not taken would be sent again; this one it has taken.
  await page.getByTestId('agent-message').nth(turns).getByTestId('markdown').first().waitFor();
  await expect.poll(async () => (await lastAnswer()).length).toBeGreaterThan(60);
  await chat.gateway.kill();
  const before = await lastAnswer();
  await page.getByText('Waiting for the connection').waitFor();
  await page.locator('[data-testid=connection][data-state=reconnecting]').waitFor();
  await expectAccessible(page, 'reconnecting');
  await chat.gateway.restart();
  await page.getByText('Connected').waitFor();
  // The agent went on meanwhile; its answer does too, nothing missing, nothing twice.
  await expect.poll(async () => (await lastAnswer()).length).toBeGreaterThan(before.length + 40);
  expect((await lastAnswer()).slice(0, before.length)).toBe(before);
  await page.getByRole('button', { name: 'Stop' }).click();
  await turnEnds(page, turns);
  const streamed = await lastAnswer();
  await page.reload();
  await expect.poll(lastAnswer).toBe(streamed);
  await say(page, 'question');
  await page.getByTestId('question').getByRole('radio').first().waitFor();
  await expectAccessible(page, 'question');
});

test('it is usable at 380 px, in the dark and in the light', async () => {
  await page.setViewportSize({ width: 380, height: 740 });
  await page.getByTestId('question').getByRole('radio').first().waitFor();
  await expectAccessible(page, 'narrow-question');
  await page.getByRole('button', { name: 'Open the list of sessions' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'New session' }).waitFor();
  await expectAccessible(page, 'narrow-sessions');
  await page.getByRole('dialog').getByRole('button', { name: 'New session' }).click();
  await page.getByRole('button', { name: 'Start session' }).waitFor();
  await expectAccessible(page, 'narrow-new-session');
  expect(chat.problems).toEqual([]);
});
