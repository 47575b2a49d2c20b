import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from './expect-accessible.ts';
import { type Chat, openChat, sayAndWait, startSession } from './open-chat.ts';

let chat: Chat;

beforeAll(async () => {
  chat = await openChat({ pace: 0 });
  await startSession(chat);
});
afterAll(() => chat?.[Symbol.asyncDispose]());

test('[I5] a conversation goes on from an answer, or from before a message, in a session of its own', async () => {
  const { page } = chat;
  const answers = page.getByTestId('agent-message');
  const field = page.getByRole('textbox', { name: 'Message to the agent' });
  const sessions = page.getByRole('navigation', { name: 'Sessions' }).getByRole('listitem');
  await sayAndWait(page, 'remember the lamp is green');
  await sayAndWait(page, 'remember the lamp is red');
  const original = page.url();

  await answers.first().getByRole('button', { name: 'Branch from here' }).click();
  await expect.poll(() => page.url()).not.toBe(original);
  await expect.poll(() => answers.count()).toBe(1);
  expect(await sessions.count()).toBe(2);
  expect(await field.inputValue()).toBe('');
  await sayAndWait(page, 'recall');
  const recalled = await answers.last().textContent();
  expect(recalled).toContain('green');
  expect(recalled).not.toContain('red');

  await page.goto(original);
  const message = page.getByTestId('user-message').filter({ hasText: 'is red' });
  await message.getByRole('button', { name: 'What can be done with this message' }).click();
  const item = page.getByRole('menuitem', { name: /^Edit in a new branch/ });
  await item.waitFor();
  await expectAccessible(page, 'branch-menu');
  await page.setViewportSize({ width: 360, height: 740 });
  await expectAccessible(page, 'branch-menu-phone');
  await item.click();
  await expect.poll(() => field.inputValue()).toBe('remember the lamp is red');
  await page.getByText('The files are as they are now.').waitFor();
  await expect.poll(() => answers.count()).toBe(1);
  await expectAccessible(page, 'branch-phone');
  await page.setViewportSize({ width: 1_200, height: 800 });
  await page.evaluate(() => localStorage.setItem('hotplex.language', 'zh'));
  await page.goto(original);
  await answers.first().getByRole('button', { name: '从这里创建分支' }).waitFor();
  await page.getByTestId('user-message').last().getByRole('button').click();
  await page.getByRole('menuitem', { name: /^在新分支中修改/ }).waitFor();
  await expectAccessible(page, 'branch-menu-zh');
  expect(chat.problems).toEqual([]);
});
