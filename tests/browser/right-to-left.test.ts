import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Chat, openChat, sayAndWait, startSession } from './open-chat.ts';

const words = {
  paragraph: 'שלום, כך מתקינים את npm במחשב.',
  heading: 'התקנה',
  item: 'להריץ את הפקודה',
  quotation: 'ציטוט בעברית',
  english: 'And a paragraph in English, with שלום in it.',
};

/** What the demo agent repeats. */
const text = `this

## ${words.heading}

${words.paragraph}

\`\`\`ts
const greeting = 'שלום';
\`\`\`

1. ${words.item}
2. \`npm install\` מתקין הכול

> ${words.quotation}

${words.english}`;

let chat: Chat;

beforeAll(async () => {
  chat = await openChat({ pace: 0 });
  await startSession(chat);
  await sayAndWait(chat.page, `remember ${text}`);
  await chat.page.locator('[data-streamdown=code-block]').waitFor();
});
afterAll(() => chat?.[Symbol.asyncDispose]());

const markdown = () => chat.page.getByTestId('markdown').last();

/** How far letters are from the left and the right edge of what they stand in, in pixels. */
const gaps = (block: Locator, letters: string) =>
  block.evaluate((element, wanted) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const at = walker.currentNode.textContent?.indexOf(wanted) ?? -1;
      if (at === -1) continue;
      const range = document.createRange();
      range.setStart(walker.currentNode, at);
      range.setEnd(walker.currentNode, at + wanted.length);
      const box = range.getBoundingClientRect();
      const outer = element.getBoundingClientRect();
      return { left: Math.round(box.left - outer.left), right: Math.round(outer.right - box.right) };
    }
    throw new Error(`${wanted} is not there`);
  }, letters);

test('each block of an answer is laid out by its own first letter', async () => {
  const paragraph = markdown().getByText(words.paragraph);
  expect((await gaps(paragraph, 'ש')).right).toBe(0);
  // The last sentence ends on the left.
  expect((await gaps(paragraph, '.')).left).toBeGreaterThan(50);
  expect((await gaps(paragraph, '.')).left).toBeLessThan((await gaps(paragraph, 'npm')).left);
  expect((await gaps(markdown().getByRole('heading'), words.heading)).right).toBe(0);
  const english = markdown().getByText(words.english);
  expect((await gaps(english, 'And')).left).toBe(0);
  expect((await gaps(english, 'And')).right).toBeGreaterThan(50);
});

test('items of a Hebrew list have their marks on the right, also one that begins with code', async () => {
  const [first, second] = await markdown().getByRole('listitem').all();
  if (!first || !second) throw new Error('there is no list');
  expect((await gaps(first, words.item)).right).toBe(0);
  expect((await gaps(second, 'מתקין')).right).toBeGreaterThan((await gaps(second, 'npm')).right);
  expect((await gaps(second, 'npm install')).right).toBeLessThan(10);
  const list = markdown().getByRole('list');
  expect(await list.evaluate((element) => getComputedStyle(element).direction)).toBe('rtl');
  // Room for the marks.
  expect((await gaps(list, words.item)).right).toBeGreaterThan(16);
});

test('the bar of a Hebrew quotation is on the right', async () => {
  const quotation = markdown().locator('blockquote');
  const bars = await quotation.evaluate((element) => {
    const { borderLeftWidth: left, borderRightWidth: right } = getComputedStyle(element);
    return { left, right };
  });
  expect(bars).toEqual({ left: '0px', right: '4px' });
  expect((await gaps(quotation, words.quotation)).right).toBeGreaterThan(4);
});

test('code is read from left to right', async () => {
  const code = markdown().locator('[data-streamdown=code-block] pre');
  const [start, name, end] = [await gaps(code, 'const'), await gaps(code, 'greeting'), await gaps(code, ';')];
  expect(start.left).toBe(0);
  expect(start.left).toBeLessThan(name.left);
  expect(name.left).toBeLessThan(end.left);
});

test("the person's own words, too, while they are written and when they are said", async () => {
  const field = chat.page.getByRole('textbox', { name: 'Message to the agent' });
  await field.fill(words.paragraph);
  expect(await field.evaluate((element) => getComputedStyle(element).direction)).toBe('rtl');
  await sayAndWait(chat.page, `${words.paragraph}\nhelp`);
  const bubble = chat.page.getByTestId('user-message').last().locator('p');
  const hebrew = await gaps(bubble, 'ש');
  expect(hebrew.right).toBeLessThan(hebrew.left);
  const english = await gaps(bubble, 'help');
  expect(english.left).toBeLessThan(english.right);
  expect(chat.problems).toEqual([]);
});
