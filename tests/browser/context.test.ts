import { expect, test } from 'vitest';
import { expectAccessible } from './expect-accessible.ts';
import { openChat, sayAndWait, startSession } from './open-chat.ts';

test('the header says how full the context is, once the agent told; behind it are the figures of the session', async () => {
  await using chat = await openChat({ pace: 0 });
  const { page, problems } = chat;
  await startSession(chat);
  await sayAndWait(page, 'markdown');
  await page.getByRole('button', { name: 'How full it is was not told yet' }).click();
  const figures = page.getByRole('dialog', { name: 'Context' });
  await figures.getByText('Turns').waitFor();
  await figures.getByRole('button', { name: 'Ask the agent now' }).click();
  await figures.getByText('Words the demo said').waitFor();
  expect(await figures.textContent()).toMatch(/of 10k tokens/);
  await expectAccessible(page, 'context');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /% of the context used/ }).waitFor();
  // What was told is in the log: it is there again, and no message came of it.
  await page.reload();
  await page.getByRole('button', { name: /% of the context used/ }).waitFor();
  expect(await page.getByTestId('agent-message').count()).toBe(1);
  expect(problems).toEqual([]);
});
