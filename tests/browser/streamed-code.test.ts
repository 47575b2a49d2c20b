import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Chat, openChat, sayAndWait, startSession } from './open-chat.ts';

/** How much room a block of code took one after the other, in CSS pixels, and for how many lines. */
type Room = { height: number; lines: number };

let chat: Chat;

beforeAll(async () => {
  chat = await openChat({ pace: 1 });
  await chat.page.addInitScript(watchCode);
  await startSession(chat);
});
afterAll(() => chat?.[Symbol.asyncDispose]());

test('code that is being written takes the room of its lines, with and without colours, and never gives any back', async () => {
  // One of its pieces ends within the fence behind a block.
  await sayAndWait(chat.page, 'markdown 7900 every 60');
  await chat.page.locator('[data-streamdown=code-block] [style*=shiki-dark]').last().waitFor();
  const blocks = await chat.page.evaluate(() =>
    (globalThis as unknown as { blocks: () => Room[][] }).blocks(),
  );
  expect(blocks).toHaveLength(8);
  const lineHeight = await chat.page
    .locator('[data-streamdown=code-block-body]')
    .first()
    .evaluate((body) => Number.parseFloat(getComputedStyle(body).lineHeight));
  for (const rooms of blocks) {
    const heights = rooms.map(({ height }) => height);
    expect(heights).toEqual(heights.toSorted((a, b) => a - b));
    // All that is not lines: its header, and what is around the code.
    const rest = rooms.map(({ height, lines }) => height - lines * lineHeight);
    expect(Math.max(...rest) - Math.min(...rest)).toBeLessThan(1);
  }
  expect(chat.problems).toEqual([]);
});

test('code of a language that nobody colours has all of its lines as they come, too', async () => {
  const lines = Array.from({ length: 40 }, (_, index) => `line ${index} of forty`);
  await sayAndWait(chat.page, ['remember this', '', '```klingon', ...lines, '```', '', 'Qapla’'].join('\n'));
  const code = chat.page.getByTestId('agent-message').last().locator('[data-streamdown=code-block] code');
  await expect.poll(() => code.locator('> span').allTextContents()).toEqual(lines);
  expect(chat.problems).toEqual([]);
});

/** Runs in the page, before its own code: notes every size that a block of code is drawn in. */
function watchCode(): void {
  const rooms = new Map<Element, Room[]>();
  const sizes = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const { height } = target.getBoundingClientRect();
      const lines = target.querySelectorAll('code > span').length;
      rooms.get(target)?.push({ height, lines });
    }
  });
  new MutationObserver(() => {
    for (const block of document.querySelectorAll('[data-streamdown=code-block]')) {
      if (rooms.has(block)) continue;
      rooms.set(block, []);
      sizes.observe(block);
    }
  }).observe(document, { childList: true, subtree: true });
  Object.assign(globalThis, { blocks: () => [...rooms.values()] });
}
