import { expect, test } from 'vitest';
import { expectAccessible } from './expect-accessible.ts';
import { openChat, sayAndWait } from './open-chat.ts';

test('[B1] the header says how full the context is, once the agent told; behind it are the figures of the session and its isolation', async () => {
  await using chat = await openChat({ pace: 0 });
  const { page, problems } = chat;
  await page.goto(chat.gateway.signInLink);
  await page.getByRole('button', { name: 'Start a session' }).click();
  await page.getByLabel('Isolation').selectOption({ label: 'Sandbox' });
  await page.getByRole('button', { name: 'Start session' }).click();
  await page.getByText('Sandbox: The agent reads the system and its work directory').waitFor();
  await expectAccessible(page, 'new-in-sandbox');
  await sayAndWait(page, 'markdown');
  await page.getByRole('button', { name: 'How full it is was not told yet' }).click();
  const figures = page.getByRole('dialog', { name: 'Context' });
  await figures.getByText('Turns').waitFor();
  expect(await figures.textContent()).toContain('IsolationSandbox');
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
