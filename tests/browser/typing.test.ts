import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Chat, openChat, say, sayAndWait, startSession } from './open-chat.ts';

let chat: Chat;

/** What the page notes of its own work: numbers that are the same on a busy machine. */
type Work = {
  /** How often it looked at what the field holds: React does so whenever it draws the field anew. */
  field: number;
  /** Characters of code that a worker was to colour. */
  coloured: number;
};

beforeAll(async () => {
  chat = await openChat({ pace: 1 });
  await chat.page.addInitScript(watchWork);
  await startSession(chat);
  // What draws and colours code has been loaded from now on.
  await sayAndWait(chat.page, 'markdown 600');
  await colours().waitFor();
});
afterAll(() => chat?.[Symbol.asyncDispose]());

/** The colours of the last code that was said. */
const colours = () =>
  chat.page.locator('[data-streamdown=code-block]').last().locator('[style*=shiki-dark]').first();
const live = () => chat.page.locator('[data-testid=agent-message][data-live=true]');

async function workOf(doing: () => Promise<void>): Promise<Work> {
  const read = () => chat.page.evaluate(() => ({ ...(globalThis as unknown as { work: Work }).work }));
  const before = await read();
  await doing();
  const after = await read();
  return { field: after.field - before.field, coloured: after.coloured - before.coloured };
}

test('the field is not drawn for the words of the agent', async () => {
  await say(chat.page, 'flood 400 every 5');
  await live().getByTestId('markdown').first().waitFor();
  const work = await workOf(() => live().waitFor({ state: 'detached' }));
  // The end of the turn changes what the field says.
  expect(work.field).toBeLessThanOrEqual(4);
});

test('code that the agent says is coloured beside the page, and what is known of it not again', async () => {
  const work = await workOf(async () => {
    await sayAndWait(chat.page, 'markdown 12000 every 2');
    await chat.page.getByRole('heading', { name: 'Chapter 10' }).waitFor();
    await colours().waitFor();
  });
  // Half of the text is code.
  expect(work.coloured).toBeGreaterThan(5_000);
  expect(work.coloured).toBeLessThan(40_000);
});

/** Runs in the page, before its own code. */
function watchWork(): void {
  const work: Work = { field: 0, coloured: 0 };
  const { get, set } = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value') ?? {};
  Object.defineProperty(HTMLTextAreaElement.prototype, 'value', {
    configurable: true,
    enumerable: true,
    get() {
      work.field += 1;
      return get?.call(this);
    },
    set(value) {
      set?.call(this, value);
    },
  });
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message: { code?: string }, ...rest: never[]) {
    work.coloured += message.code?.length ?? 0;
    post.call(this, message, ...rest);
  };
  Object.assign(globalThis, { work });
}
