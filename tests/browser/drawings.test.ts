import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from './expect-accessible.ts';
import { type Chat, openChat, sayAndWait, startSession } from './open-chat.ts';

let chat: Chat;
const loaded: string[] = [];

beforeAll(async () => {
  chat = await openChat({ pace: 0 });
  chat.page.on('response', (response) => loaded.push(response.url()));
  await startSession(chat);
});
afterAll(() => chat?.[Symbol.asyncDispose]());

test('[X5] formulas and diagrams are drawn, under the policy of the page and only when there are some', async () => {
  const { page, problems } = chat;
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await sayAndWait(page, 'markdown');
  expect(loaded.filter((url) => url.includes('.woff2'))).toEqual([]);
  const before = loaded.length;

  await sayAndWait(page, 'diagram');
  const answer = page.getByTestId('agent-message').last();
  const [drawn, broken] = [answer.getByTestId('diagram').first(), answer.getByTestId('diagram').last()];
  const picture = drawn.getByRole('img', { name: 'Diagram' });
  await picture.waitFor();
  await expect.poll(() => emptyEdges(picture)).toBeLessThan(0.1);
  await expect.poll(() => answer.locator('.katex').count()).toBe(3);
  expect(await answer.locator('.katex-display').count()).toBe(1);
  await broken.getByText('could not be drawn').waitFor();
  expect(await broken.textContent()).toContain('created --> [');
  expect(await answer.getByText('costs $5, a cup $2').count()).toBe(1);
  expect(loaded.slice(before).some((url) => url.includes('.woff2'))).toBe(true);
  await picture.scrollIntoViewIfNeeded();
  await expectAccessible(page, 'drawings');

  await drawn.getByRole('button', { name: 'Source' }).click();
  expect(await drawn.locator('pre').textContent()).toContain('idle -->|prompt| running');
  await drawn.getByRole('button', { name: 'Diagram' }).click();
  await picture.waitFor();
  expect(complaints).toEqual([]);
  expect(problems).toEqual([]);
});

/** How much of a picture's width is empty at its left and at its right: little, if all of the drawing is in it. */
function emptyEdges(picture: Locator): Promise<number> {
  return picture.evaluate(async (image: HTMLImageElement) => {
    await image.decode();
    const { naturalWidth: width, naturalHeight: height } = image;
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0);
    const { data } = context?.getImageData(0, 0, width, height) ?? { data: [] };
    const inked = Array.from({ length: width }, (_, x) => x).filter((x) =>
      Array.from({ length: height }, (_, y) => data[(y * width + x) * 4 + 3] ?? 0).some((alpha) => alpha > 0),
    );
    return Math.max(inked[0] ?? width, width - (inked.at(-1) ?? 0)) / width;
  });
}
