import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dot } from '../support/picture.ts';
import { expectAccessible } from './expect-accessible.ts';
import { type Chat, openChat, say, startSession, turnEnds } from './open-chat.ts';

let chat: Chat;
let page: Page;
const write = (path: string, text: string) => writeFileSync(join(chat.gateway.workDir, path), text);
const read = (path: string) => readFileSync(join(chat.gateway.workDir, path), 'utf8');
const has = (path: string) => existsSync(join(chat.gateway.workDir, path));

beforeAll(async () => {
  chat = await openChat({ pace: 0 });
  page = chat.page;
  await page.setViewportSize({ width: 1_280, height: 800 });
  write('tea.ts', "export const tea = 'green';\n");
  await startSession(chat);
});
afterAll(() => chat?.[Symbol.asyncDispose]());

const field = () => page.getByRole('textbox', { name: 'Message to the agent' });
const answers = () => page.getByTestId('agent-message');

/** Says something and waits for the end of its turn, and for what it changed to be taken down. */
async function turn(words: string) {
  const earlier = await answers().count();
  await say(page, words);
  if (words.startsWith('edit')) await page.getByRole('button', { name: /Allow once/ }).click();
  await turnEnds(page, earlier);
  if (words.startsWith('edit'))
    await answers().last().getByRole('button', { name: '1 file changed' }).waitFor();
}

/** Opens the window that asks what goes back to before a message. */
async function askToRewind(words: string) {
  const message = page.getByTestId('user-message').filter({ hasText: words });
  await message.getByRole('button', { name: 'What can be done with this message' }).click();
  await page.getByRole('menuitem', { name: /Rewind to here/ }).click();
  return page.getByRole('dialog', { name: 'Go back to before this message?' });
}

test('a window says what would happen, and names what a person changed', async () => {
  await turn('remember the blue teapot');
  await turn("edit tea.ts export const cup = 'red';");
  await turn('remember the red cup');
  await turn('edit made.txt by the agent');
  write('made.txt', 'mine\n');
  write('own.txt', 'mine\n');
  const dialog = await askToRewind('edit tea.ts');
  await dialog.getByText('3 turns are set aside').waitFor();
  await dialog.getByText('2 files were changed between turns').waitFor();
  expect(await dialog.getByRole('listitem').allInnerTexts()).toEqual([
    expect.stringMatching(/^made.txt\s+stays \(changed between turns\)$/),
    expect.stringMatching(/^own.txt\s+stays \(changed between turns\)$/),
    expect.stringMatching(/^tea.ts\s+is put back$/),
  ]);
  await expectAccessible(page, 'rewind-dialog');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  expect(read('tea.ts')).toContain('cup');
});

test('conversation and files go back together; the turns are folded and stay readable', async () => {
  const dialog = await askToRewind('edit tea.ts');
  await dialog.getByText('is put back').waitFor();
  await dialog.getByRole('button', { name: 'Go back' }).click();
  const fold = page.getByTestId('set-aside');
  await fold.getByText('3 turns set aside').waitFor();
  expect(read('tea.ts')).toBe("export const tea = 'green';\n");
  expect([read('made.txt'), has('own.txt')]).toEqual(['mine\n', true]);
  expect(await answers().count()).toBe(1);
  await expect.poll(() => field().inputValue()).toContain('edit tea.ts');
  await page.getByTestId('undo-line').getByText('3 turns set aside. 1 file is as it was.').waitFor();
  await expectAccessible(page, 'rewind-done');
  await page.getByRole('button', { name: 'Undo the files' }).click();
  await expect.poll(() => read('tea.ts')).toContain('cup');
  await page.getByTestId('undo-line').waitFor({ state: 'detached' });
  await field().fill('');
  await turn('recall');
  const words = await answers().last().textContent();
  expect(words).toContain('the blue teapot');
  expect(words).not.toContain('the red cup');
  await fold.getByRole('button', { name: /3 turns set aside/ }).click();
  await fold.getByText('remember the red cup', { exact: true }).waitFor();
  await page.reload();
  await fold.getByText('3 turns set aside').waitFor();
  expect(await answers().count()).toBe(2);
});

test('a hit of the search in what was set aside unfolds it', async () => {
  await page.getByRole('textbox', { name: 'Search all sessions' }).fill('remember red cup');
  await page.getByTestId('search-hit').first().click();
  await page.getByTestId('set-aside').getByText('remember the red cup', { exact: true }).waitFor();
  expect(chat.problems).toEqual([]);
});

const viewer = () => page.getByRole('complementary', { name: 'File' });

test('a tool card leads to its file, in colours, and a line of it goes into the message', async () => {
  await turn('edit tea.ts // more');
  await answers().last().getByRole('button', { name: 'Show tea.ts' }).click();
  await viewer().getByText("'green'").waitFor();
  await viewer().locator('.code-piece').first().waitFor();
  await answers().last().locator('.code-piece').first().waitFor();
  await expectAccessible(page, 'file');
  await viewer().getByRole('button', { name: 'Comment on line 1' }).click();
  await page.getByRole('textbox', { name: 'What about line 1?' }).fill('Why green?');
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => field().inputValue()).toContain('`tea.ts:1`');
  await field().fill('');
  await viewer().getByRole('button', { name: 'Wrap long lines' }).click();
  const saved = page.waitForEvent('download');
  await viewer().getByRole('button', { name: 'Download' }).click();
  expect((await saved).suggestedFilename()).toBe('tea.ts');
  await viewer().getByRole('button', { name: 'Show the changes' }).click();
  const panel = page.getByRole('complementary', { name: 'Changes' });
  await panel.locator('.bg-added .code-piece').first().waitFor();
  await panel.getByRole('button', { name: 'Side by side' }).click();
  await panel.locator('.bg-added .code-piece').first().waitFor();
  await panel.getByRole('button', { name: 'Show tea.ts' }).click();
  await viewer().getByText("'green'").waitFor();
});

test('a completion leads to its file: a picture is one, and what may hold a secret is not shown', async () => {
  writeFileSync(join(chat.gateway.workDir, 'red.png'), dot);
  write('secret.key', 'hunter2');
  await field().fill('@red');
  await page.getByRole('option', { name: /red\.png/ }).waitFor();
  await page.keyboard.press('Alt+Enter');
  await viewer().getByRole('img', { name: 'The picture red.png' }).waitFor();
  await field().fill('@secret');
  await page.getByRole('option', { name: /secret\.key/ }).waitFor();
  await page.keyboard.press('Alt+Enter');
  await viewer().getByText('may hold what lets somebody in').waitFor();
  await field().fill('');
});

test('on a phone both are sheets and windows, in Chinese', async () => {
  await page.setViewportSize({ width: 380, height: 740 });
  await page.evaluate(() => localStorage.setItem('hotplex.language', 'zh'));
  await page.reload();
  await answers().last().getByRole('button', { name: '查看 tea.ts' }).click();
  const sheet = page.getByRole('dialog', { name: '文件' });
  await sheet.getByText("'green'").waitFor();
  await expectAccessible(page, 'file-phone');
  await sheet.getByRole('button', { name: '关闭文件' }).click();
  await sheet.waitFor({ state: 'detached' });
  await page.getByTestId('user-message').last().getByRole('button').click();
  await page.getByRole('menuitem', { name: /回退到这里/ }).click();
  await page.getByRole('dialog', { name: '回到这条消息之前？' }).getByText('会被还原').first().waitFor();
  await expectAccessible(page, 'rewind-phone');
  expect(chat.problems).toEqual([]);
});
