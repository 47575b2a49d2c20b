import { expect, test } from 'vitest';
import { firstScripts, sentBytes } from './first-scripts.ts';
import { openChat, startSession } from './open-chat.ts';

/** Bytes, gzipped. */
const most = 250_000;

test('the page comes alive with at most 250 kB of code', () => {
  const sizes = firstScripts.map(sentBytes);
  expect(sizes.length).toBeGreaterThan(3);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(most);
});

test('a conversation whose code cannot be loaded says so, and opens once it can', async () => {
  await using chat = await openChat({ pace: 0 });
  const { page } = chat;
  await startSession(chat);
  const late = (url: URL) => url.pathname.endsWith('.js') && !firstScripts.includes(url.pathname);
  await page.route(late, (route) => route.abort());
  await page.goto(page.url());
  await page.getByText('The gateway could not be reached.').waitFor();
  await page.unroute(late);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('heading', { name: 'What should we work on?' }).waitFor();
});
