import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from './expect-accessible.ts';
import { type Chat, openChat, startSession, turnEnds } from './open-chat.ts';

let chat: Chat;
let page: Page;

beforeAll(async () => {
  chat = await openChat({ pace: 0 });
  page = chat.page;
  await startSession(chat);
});
afterAll(() => chat?.[Symbol.asyncDispose]());

const field = () => page.getByRole('textbox', { name: 'Message to the agent' });
const option = (name: string | RegExp) => page.getByRole('option', { name });

test('a slash at the start opens the commands of the agent; the keyboard chooses one and sends it', async () => {
  await field().pressSequentially('/');
  const list = page.getByRole('listbox', { name: 'Commands and skills of the agent' });
  await list.waitFor();
  await expectAccessible(page, 'commands');
  await field().pressSequentially('re');
  await option(/^\/recall/).waitFor();
  expect(await list.getByRole('option').first().textContent()).toMatch(/^\/re/);
  await field().press('ArrowDown');
  await field().press('ArrowUp');
  await field().press('Escape');
  await list.waitFor({ state: 'detached' });
  expect(await field().inputValue()).toBe('/re');
  await field().fill('/thi');
  await field().press('Enter');
  expect(await field().inputValue()).toBe('/think ');
  await field().press('Enter');
  await turnEnds(page, 0);
  await page.getByTestId('agent-message').last().getByTestId('reasoning').waitFor();
});

test('[F1] an @ opens the files of the work directory, folder by folder, and none beside it', async () => {
  const workDir = (await page.locator('header [title^="/"]').getAttribute('title')) ?? '';
  mkdirSync(join(workDir, 'src/deep'), { recursive: true });
  for (const name of ['src/index.ts', 'src/deep/indent.ts', '.hidden-index', 'README.md'])
    writeFileSync(join(workDir, name), '');
  await field().fill('');
  await field().pressSequentially('look at @');
  await option(/README/).waitFor();
  await option(/^src\//).click();
  await expect.poll(() => field().inputValue()).toBe('look at @src/');
  await option(/^index.ts/).waitFor();
  await expectAccessible(page, 'files-at');
  await field().pressSequentially('inde');
  await option(/^indent.ts/).waitFor();
  await expect
    .poll(() => page.getByRole('option').allTextContents())
    .toEqual(['index.tssrc/', 'indent.tssrc/deep/']);
  await field().press('ArrowDown');
  await field().press('Tab');
  await expect.poll(() => field().inputValue()).toBe('look at @src/deep/indent.ts ');
  await page.getByRole('listbox').waitFor({ state: 'detached' });
  expect(chat.problems).toEqual([]);
});
