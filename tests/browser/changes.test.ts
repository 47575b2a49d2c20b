import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from './expect-accessible.ts';
import { type Chat, openChat, say, startSession, turnEnds } from './open-chat.ts';

let chat: Chat;
let page: Page;
const write = (path: string, text: string) => writeFileSync(join(chat.gateway.workDir, path), text);
const read = (path: string) => readFileSync(join(chat.gateway.workDir, path), 'utf8');

beforeAll(async () => {
  chat = await openChat({ pace: 0 });
  page = chat.page;
  await page.setViewportSize({ width: 1_280, height: 800 });
  mkdirSync(join(chat.gateway.workDir, 'src'));
  write('src/tea.md', '# Tea\n\n- green\n- black\n');
  write('.gitignore', 'built/\n');
  await startSession(chat);
});
afterAll(() => chat?.[Symbol.asyncDispose]());

const panel = () => page.getByRole('complementary', { name: 'Changes' });
const file = (path: string) => panel().getByTestId('changed-file').filter({ hasText: path });
const field = () => page.getByRole('textbox', { name: 'Message to the agent' });

/** Has a line added to a file, and allows it when the agent asks. */
async function edit(path: string, line: string) {
  const earlier = await page.getByTestId('agent-message').count();
  await say(page, `edit ${path} ${line}`);
  await page.getByRole('button', { name: /Allow once/ }).click();
  await turnEnds(page, earlier);
}

test('the end of a turn says how many files it changed, and leads to them', async () => {
  expect(await panel().count()).toBe(0);
  await edit('src/tea.md', '- white');
  await page.getByTestId('agent-message').getByRole('button', { name: '1 file changed' }).click();
  await file('src/tea.md').getByText('white').waitFor();
  expect(await file('src/tea.md').locator('.bg-added').count()).toBe(1);
  await edit('notes.txt', 'the kettle is blue');
  // It shows the turn it was opened for.
  expect(await file('notes.txt').count()).toBe(0);
  await panel().getByRole('combobox', { name: 'Show' }).selectOption('The whole session');
  await file('notes.txt').waitFor();
  mkdirSync(join(chat.gateway.workDir, 'built'));
  write('built/x', 'x');
  await edit('src/tea.md', '- oolong');
  await file('src/tea.md').getByText('2 lines added, 0 removed').waitFor();
  await expectAccessible(page, 'changes');
});

test('a file is shown side by side and as a whole, and what is left out is said', async () => {
  await panel().getByRole('button', { name: 'Side by side' }).click();
  await expectAccessible(page, 'changes-split');
  await panel().getByRole('button', { name: 'Side by side' }).click();
  await file('src/tea.md').getByRole('button', { name: 'Whole file' }).click();
  await file('src/tea.md').getByText('# Tea').waitFor();
  await panel().getByRole('button', { name: 'Not shown (1)' }).click();
  await panel().getByText('built/').waitFor();
  await file('src/tea.md').getByRole('button', { name: 'Changes' }).click();
});

test('a comment on a line goes into the message, by keyboard alone', async () => {
  await file('src/tea.md').getByRole('button', { name: 'Comment on line 4' }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const comment = page.getByRole('textbox', { name: 'What about line 5?' });
  await comment.fill('Why white?');
  await expectAccessible(page, 'changes-comment');
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => field().inputValue()).toBe('`src/tea.md:5`\n> - white\n\nWhy white?\n');
  await field().fill('');
});

test('a file goes back once that is confirmed, and the other way by an undo', async () => {
  await file('src/tea.md').getByRole('button', { name: 'Put back' }).click();
  const dialog = page.getByRole('dialog', { name: 'Put this file back?' });
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  expect(read('src/tea.md')).toContain('white');
  await file('src/tea.md').getByRole('button', { name: 'Put back' }).click();
  await dialog.getByRole('button', { name: 'Put back' }).click();
  await expect.poll(() => read('src/tea.md')).toBe('# Tea\n\n- green\n- black\n');
  await file('src/tea.md').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo the files' }).click();
  await file('src/tea.md').waitFor();
  await page.getByTestId('undo-line').waitFor({ state: 'detached' });
  expect(read('src/tea.md')).toContain('oolong');
});

test('what was changed since one looked is not lost without a word', async () => {
  write('notes.txt', 'mine\n');
  await file('notes.txt').getByRole('button', { name: 'Put back' }).click();
  const dialog = page.getByRole('dialog', { name: 'Put this file back?' });
  await dialog.getByRole('button', { name: 'Put back' }).click();
  await dialog.getByText('It was changed since you looked at it').waitFor();
  expect(read('notes.txt')).toBe('mine\n');
  await dialog.getByRole('button', { name: 'Put back anyway' }).click();
  await expect.poll(() => existsSync(join(chat.gateway.workDir, 'notes.txt'))).toBe(false);
});

test('all files go back to before a turn, and that turn says so', async () => {
  await panel()
    .getByRole('combobox', { name: 'Show' })
    .selectOption({ label: 'Turn 3: edit src/tea.md - oolong' });
  await panel().getByRole('button', { name: 'Put all back' }).click();
  const dialog = page.getByRole('dialog', { name: 'Put all files back?' });
  await dialog.getByText('The conversation stays as it is').waitFor();
  await expectAccessible(page, 'changes-rewind');
  await dialog.getByRole('button', { name: 'Put all back' }).click();
  await expect.poll(() => read('src/tea.md')).toBe('# Tea\n\n- green\n- black\n- white\n');
  await file('src/tea.md').getByText('put back').waitFor();
  await panel().getByRole('button', { name: 'Close the changes' }).click();
  expect(await panel().count()).toBe(0);
  await page.getByRole('button', { name: /^Show what was changed/ }).click();
  await page.keyboard.press('Escape');
  expect(await panel().count()).toBe(0);
});

test('on a phone it is a sheet, in Chinese', async () => {
  await page.setViewportSize({ width: 380, height: 740 });
  await page.evaluate(() => localStorage.setItem('hotplex.language', 'zh'));
  await page.reload();
  await page.getByRole('button', { name: /^显示更改的内容/ }).click();
  const sheet = page.getByRole('dialog', { name: '更改' });
  await sheet.getByRole('cell', { name: '- white' }).waitFor();
  await expectAccessible(page, 'changes-phone');
  await sheet.getByRole('button', { name: '关闭更改' }).click();
  await sheet.waitFor({ state: 'detached' });
  expect(chat.problems).toEqual([]);
});
