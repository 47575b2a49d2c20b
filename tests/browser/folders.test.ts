import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from './expect-accessible.ts';
import { type Chat, openChat, startSession } from './open-chat.ts';

let chat: Chat;

beforeAll(async () => {
  chat = await openChat({ pace: 0 });
  await startSession(chat);
});
afterAll(() => chat?.[Symbol.asyncDispose]());

test('[F1] a folder to work in is found by the keyboard, or by a finger on a phone, and none that is hidden', async () => {
  const { page, gateway } = chat;
  for (const name of ['site/docs', 'site/source/.git', 'silo', '.secret'])
    mkdirSync(join(gateway.workDir, name), { recursive: true });
  symlinkSync('/etc', join(gateway.workDir, 'settings'));
  await page.getByRole('button', { name: 'New session' }).click();
  const dialog = page.getByRole('dialog');
  const field = dialog.getByRole('combobox', { name: 'Work directory' });
  const option = (name: string | RegExp) => dialog.getByRole('option', { name });
  const names = (group: string) =>
    dialog.getByRole('group', { name: group, exact: true }).getByRole('option').allTextContents();
  await field.press('ArrowDown');
  await option('silo').waitFor();
  expect(await names('Worked in last')).toHaveLength(1);
  expect(await names(`In ${gateway.workDir}`)).toEqual(['silo', 'site']);
  await expectAccessible(page, 'folders');

  await field.press('End');
  await field.pressSequentially('/sit');
  await option('silo').waitFor({ state: 'detached' });
  await field.press('Enter');
  await option(/^source/).waitFor();
  expect(await field.inputValue()).toBe(`${gateway.workDir}/site/`);
  await field.press('ArrowUp');
  expect(await option(/^source/).getAttribute('aria-selected')).toBe('true');
  expect(await option(/^source/).textContent()).toContain('git repository');
  await field.press('Backspace');
  await option('silo').waitFor();
  expect(await field.inputValue()).toBe(`${gateway.workDir}/`);
  await field.press('Escape');
  await dialog.getByRole('listbox').waitFor({ state: 'detached' });

  await page.setViewportSize({ width: 360, height: 740 });
  await dialog.getByRole('button', { name: 'Browse folders' }).click();
  await option('site').click();
  await option('docs').click();
  await dialog.getByText('There is no folder in it.').waitFor();
  await option('Up to …/work/site').click();
  await option('docs').waitFor();
  await expectAccessible(page, 'folders-phone');
  await field.fill(join(gateway.workDir, 'gone/deep'));
  await dialog.getByText('Work directory is not a directory that can be entered').waitFor();
  await option('To the first folders').click();
  await dialog.getByRole('option', { name: basename(dirname(gateway.workDir)), exact: true }).waitFor();
  await field.fill(`${dirname(gateway.workDir)}/`);
  await dialog.getByText('No session can work in this folder itself').waitFor();
  await field.fill(join(gateway.workDir, 'site'));
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'What should we work on?' }).waitFor();
  await page.setViewportSize({ width: 1_200, height: 800 });
  await page.locator(`header [title="${join(gateway.workDir, 'site')}"]`).waitFor();
  rmSync(join(gateway.workDir, 'settings'));
  expect(chat.problems).toEqual([]);
});
