import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dot } from '../support/picture.ts';
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
const waiting = () => page.getByRole('list', { name: 'Files for the next message' });
const picker = () => page.locator('input[type=file]');
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');
const picture = { name: 'dot.png', mimeType: 'image/png', buffer: dot };
const notes = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('the blue pot') };

/** Pastes a file, or drops it onto the composer. */
function give(how: 'paste' | 'drop', name: string, content: string) {
  return field().evaluate(
    (element, { how, name, content }) => {
      const data = new DataTransfer();
      data.items.add(new File([content], name, { type: 'text/plain' }));
      const init = { bubbles: true, cancelable: true };
      const event =
        how === 'paste'
          ? new ClipboardEvent('paste', { ...init, clipboardData: data })
          : new DragEvent('drop', { ...init, dataTransfer: data });
      element.dispatchEvent(event);
    },
    { how, name, content },
  );
}

test('[F4] files are picked, pasted and dropped, seen, taken back, and arrive byte for byte', async () => {
  await picker().setInputFiles([picture, notes]);
  await give('paste', 'pasted.txt', 'pasted');
  await give('drop', 'dropped.txt', 'dropped');
  await expect.poll(() => waiting().locator('[data-state=ready]').count()).toBe(4);
  expect(await waiting().locator('img').count()).toBe(1);
  await expectAccessible(page, 'attachments');
  await page.getByRole('button', { name: 'Remove dropped.txt' }).click();
  await field().fill('What is attached?');
  await field().press('Enter');
  await turnEnds(page, 0);
  const answer = await page.getByTestId('agent-message').last().textContent();
  for (const bytes of [dot, notes.buffer, 'pasted']) expect(answer).toContain(sha256(bytes));
  expect(answer).not.toContain(sha256('dropped'));
  expect(await waiting().count()).toBe(0);
});

test('[F4] a message shows its files, after a reload as well: the picture itself, the others to be saved', async () => {
  await page.reload();
  const message = page.getByTestId('user-message').first();
  const shown = message.getByRole('button', { name: 'Save dot.png' }).locator('img');
  await shown.waitFor();
  await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    message.getByRole('button', { name: 'Save notes.txt' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('notes.txt');
  expect(readFileSync(await download.path(), 'utf8')).toBe('the blue pot');
  await expectAccessible(page, 'message-files');
});

test('[F4] files alone are a message; one that is not taken says why and stops nothing', async () => {
  await picker().setInputFiles([
    { name: 'program', mimeType: '', buffer: Buffer.from('\x7fELF\0', 'latin1') },
    picture,
  ]);
  await waiting().getByText('Files of this kind are not taken.').waitFor();
  await expect.poll(() => waiting().locator('[data-state=ready]').count()).toBe(1);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByTestId('user-message').nth(1).getByRole('button', { name: 'Save dot.png' }).waitFor();
  expect(await waiting().getByText('program').count()).toBe(1);
  await page.getByRole('button', { name: 'Remove program' }).click();
});

test('[F4] on a phone, in Chinese', async () => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.evaluate(() => localStorage.setItem('hotplex.language', 'zh'));
  await page.reload();
  await picker().setInputFiles([picture, { ...notes, name: `${'long name '.repeat(12)}.txt` }]);
  const list = page.getByRole('list', { name: '随下一条消息发送的文件' });
  await expect.poll(() => list.locator('[data-state=ready]').count()).toBe(2);
  await expectAccessible(page, 'attachments-phone');
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(360);
  expect(chat.problems).toEqual([]);
});
