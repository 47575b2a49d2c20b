import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { expectAccessible } from './expect-accessible.ts';
import { hiddenBelow } from './hidden-below.ts';
import { type Chat, openChat, say, sayAndWait, startSession, turnEnds } from './open-chat.ts';

let chat: Chat;
let page: Page;
let turns = 0;

beforeAll(async () => {
  chat = await openChat({ pace: 0.5 });
  page = chat.page;
  await startSession(chat);
});
beforeEach(async () => {
  turns = await page.getByTestId('agent-message').count();
});
afterAll(() => chat?.[Symbol.asyncDispose]());

const last = (testId: string) => page.getByTestId('agent-message').last().getByTestId(testId);

test('reasoning folds away once it is over, and opens again', async () => {
  await sayAndWait(page, 'think');
  const fold = last('reasoning').getByRole('button');
  expect(await fold.getAttribute('aria-expanded')).toBe('false');
  await fold.click();
  expect(await last('reasoning').locator('p').textContent()).not.toBe('');
  await expectAccessible(page, 'reasoning');
});

test('tools show what they are, what came out, what changed and what a sub-agent did', async () => {
  await sayAndWait(page, 'tool');
  expect(await last('terminal').textContent()).toContain('1 failed, 2 passed');
  await sayAndWait(page, 'edit');
  expect(await last('diff').locator('tr').count()).toBeGreaterThan(2);
  await sayAndWait(page, 'agent');
  const task = page.getByTestId('tool').filter({ hasText: 'Sub-agent' });
  await task.getByRole('button').first().click();
  await task.getByTestId('tool').first().waitFor();
  await expectAccessible(page, 'tools');
});

test('a plan is worked off in one place', async () => {
  await sayAndWait(page, 'plan');
  expect(await last('plan').count()).toBe(1);
  expect(await last('plan').textContent()).toMatch(/(\d+) of \1 done/);
  await expectAccessible(page, 'plan');
});

test('an open question out of sight is a button that leads to it; its answers stay in the conversation', async () => {
  await page.setViewportSize({ width: 1_200, height: 500 });
  await say(page, 'question');
  const card = page.getByTestId('question').filter({ has: page.getByRole('radio') });
  await card.waitFor();
  // By wheel, as a reader does: the page goes on following the newest words until then.
  await page.getByRole('region', { name: 'Conversation' }).hover();
  const back = page.getByRole('button', { name: 'The agent needs your answer' });
  // More than once if need be: what lies under the pointer may scroll by itself first.
  await expect
    .poll(
      async () => {
        await page.mouse.wheel(0, -20_000);
        return back.isVisible();
      },
      { interval: 500 },
    )
    .toBe(true);
  await back.click();
  await page.waitForFunction(() => document.activeElement?.getAttribute('data-testid') === 'question');
  await card.getByRole('radio').first().check();
  await card.getByRole('checkbox').first().check();
  await card.getByRole('button', { name: 'Answer' }).click();
  await turnEnds(page, turns);
  expect(await last('question').allTextContents()).toHaveLength(2);
  await page.setViewportSize({ width: 1_200, height: 800 });
});

test('a form of an MCP server is filled in', async () => {
  await say(page, 'form');
  const form = page.getByTestId('elicitation');
  await form.getByRole('textbox').first().fill('Ada');
  await expectAccessible(page, 'form');
  await form.getByRole('button', { name: 'Submit' }).click();
  await turnEnds(page, turns);
  expect(await last('elicitation').textContent()).toContain('Sent');
});

test('messages sent while it works wait in line and can be taken back', async () => {
  // It lasts until it is stopped, however long the checks below take.
  await say(page, 'wait');
  await page.getByRole('button', { name: 'Stop' }).waitFor();
  await say(page, 'markdown');
  await say(page, 'think');
  await page.getByText('2 messages waiting').waitFor();
  await expectAccessible(page, 'queue');
  await page.getByRole('button', { name: 'Take out of the queue' }).first().click();
  await page.getByText('1 message waiting').waitFor();
  await page.getByRole('button', { name: 'Take out of the queue' }).click();
  await page.getByTestId('queue').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Stop' }).click();
  await turnEnds(page, turns);
  // The field got its room back, and the end of the conversation is still in sight.
  await expect.poll(() => hiddenBelow(page)).toBeLessThan(2);
});

test('[S2] a failed turn and a crash say what happened and what to do; the session goes on', async () => {
  await sayAndWait(page, 'error');
  await sayAndWait(page, 'crash');
  await last('error').getByText('WORKER_CRASH').waitFor();
  await expectAccessible(page, 'errors');
  await sayAndWait(page, 'think');
  await last('reasoning').waitFor();
});

test('an answer of megabytes is there to its last line, and the page goes on answering', async () => {
  await sayAndWait(page, 'huge');
  const asked = performance.now();
  await page.getByRole('textbox', { name: 'Message to the agent' }).fill('still here');
  expect(performance.now() - asked).toBeLessThan(2_000);
  // What is drawn may come behind what was said.
  const text = async () => (await last('markdown').textContent()) ?? '';
  await expect.poll(async () => (await text()).length).toBeGreaterThan(1_900_000);
  expect((await text()).trimEnd().slice(-40)).toContain('to see who can hold it.');
  expect(chat.problems).toEqual([]);
});
