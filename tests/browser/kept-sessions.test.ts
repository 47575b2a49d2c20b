import { mkdirSync, renameSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from './expect-accessible.ts';
import { type Chat, openChat, sayAndWait, startSession } from './open-chat.ts';

let chat: Chat;

beforeAll(async () => {
  chat = await openChat({ pace: 0.05 });
  await startSession(chat);
});
afterAll(() => chat?.[Symbol.asyncDispose]());

test('whoever has a link reads the conversation without a sign-in, until it is revoked', async () => {
  const { context, page } = chat;
  await sayAndWait(page, 'Run a tool with password="correct-horse"');
  await page.getByRole('navigation', { name: 'Sessions' }).getByRole('listitem').first().hover();
  await page.getByRole('button', { name: /^Actions for / }).click();
  await page.getByRole('menuitem', { name: 'Share…' }).click();
  const make = page.getByRole('button', { name: 'Make a link' });
  await make.click();
  const link = (await page.getByTestId('share-link').textContent()) ?? '';
  expect(new URL(link).hash).toMatch(/^#hotplex_share_/);
  await page.getByTestId('share').getByText('never opened').waitFor();
  // While it was at work it kept the keyboard.
  expect(await make.evaluate((element) => element === document.activeElement)).toBe(true);
  await expectAccessible(page, 'share-dialog');

  const stranger = await (await context.browser())?.newContext({
    locale: 'zh-CN',
    viewport: { width: 390, height: 800 },
  });
  const guest = await stranger?.newPage();
  if (!stranger || !guest) throw new Error('there is no second browser context');
  const asked: string[] = [];
  guest.on('request', (request) => asked.push(request.url()));
  await guest.goto(link);
  await guest.getByTestId('user-message').filter({ hasText: '[redacted]' }).waitFor();
  await guest.getByTestId('agent-message').first().waitFor();
  expect(await guest.content()).not.toContain('correct-horse');
  expect(await guest.getByRole('textbox').count()).toBe(0);
  // The token leaves the browser in a header of one request and in no address.
  expect(asked.filter((url) => url.includes('hotplex_share_'))).toEqual([]);
  expect(asked.filter((url) => url.includes('/api/')).map((url) => new URL(url).pathname)).toEqual([
    '/api/shared',
  ]);
  await expectAccessible(guest, 'shared-zh-phone');

  await page.getByTestId('share').getByRole('button', { name: 'Revoke' }).click();
  await page.getByTestId('share').waitFor({ state: 'detached' });
  await guest.getByRole('button', { name: '刷新' }).click();
  await guest.getByRole('heading', { name: '此链接已失效' }).waitFor();
  await expectAccessible(guest, 'shared-ended-zh-phone');
  await stranger.close();
  await page.keyboard.press('Escape');
  expect(chat.problems).toEqual([]);
});

test('a session that was put away is out of the list, is found, and comes back with the next message', async () => {
  const { page } = chat;
  const list = page.getByRole('navigation', { name: 'Sessions' });
  await list.getByRole('listitem').first().hover();
  await page.getByRole('button', { name: /^Actions for / }).click();
  await page.getByRole('menuitem', { name: 'Archive', exact: true }).click();
  await list.getByText('No sessions yet.').waitFor();
  const search = page.getByRole('textbox', { name: 'Search all sessions' });
  await search.fill('horse');
  await page.getByTestId('search-hit').first().getByText('Archived').waitFor();
  await expectAccessible(page, 'search-archived');
  await search.press('Escape');
  await page.getByRole('button', { name: 'Archived', exact: true }).click();
  await list.getByRole('listitem').first().getByRole('button').first().click();
  await page.getByText('Send a message to take it out.').waitFor();
  await expectAccessible(page, 'archived');
  await sayAndWait(page, 'help');
  await list.getByText('No session is archived.').waitFor();
  await page.getByText('Send a message to take it out.').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Archived', exact: true }).click();
  await list.getByRole('listitem').first().waitFor();
  expect(chat.problems).toEqual([]);
});

test('a session whose directory is gone says so, and goes on in another one', async () => {
  const { gateway, page } = chat;
  await sayAndWait(page, 'remember the kettle is purple');
  await page.evaluate(() => localStorage.setItem('hotplex.language', 'zh'));
  await page.reload();
  await page.getByTestId('agent-message').first().waitFor();
  await page.getByRole('navigation', { name: '会话' }).getByRole('listitem').first().hover();
  await page.getByRole('button', { name: /^“.*”的操作$/ }).click();
  // What is put away keeps no agent, and one that runs would have its folder open still.
  await page.getByRole('menuitem', { name: '归档', exact: true }).click();
  await page.getByRole('button', { name: '撤销' }).click();
  await page.getByRole('listitem').first().getByRole('button').first().click();
  const moved = `${gateway.workDir}-moved`;
  renameSync(gateway.workDir, moved);
  const field = page.getByRole('textbox', { name: '给智能体的消息' });
  await field.fill('recall');
  await field.press('Enter');
  await page.getByRole('button', { name: '在另一个目录中继续' }).click();
  await page.getByRole('combobox', { name: '工作目录' }).fill(moved);
  await expectAccessible(page, 'move-session-zh');
  await page.getByRole('button', { name: '在那里继续' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByTestId('error').waitFor();
  await expectAccessible(page, 'work-dir-gone-zh');
  const turns = await page.getByTestId('agent-message').count();
  await field.fill('recall');
  await field.press('Enter');
  await page.locator('[data-testid=agent-message][data-live=false]').nth(turns).waitFor();
  expect(await page.getByTestId('agent-message').last().textContent()).toContain('purple');
  mkdirSync(gateway.workDir);
  expect(chat.problems).toEqual([]);
});
