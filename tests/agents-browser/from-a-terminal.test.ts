import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { realClaude } from '../agents/open-claude.ts';
import { expectAccessible } from '../browser/expect-accessible.ts';
import { say, turnEnds } from '../browser/open-chat.ts';
import { startModel } from '../support/model/start-model.ts';
import { openBrowser, screenshotPath } from '../support/open-browser.ts';
import { openTerminal } from '../support/open-terminal.ts';
import { startGateway } from '../support/start-gateway.ts';

const key = 'sk-ant-of-a-test';

/** What the real Claude Code asks a newcomer, answered beforehand. */
const answered = (workDir: string) => ({
  ...{ hasCompletedOnboarding: true, theme: 'dark' },
  customApiKeyResponses: { approved: [key.slice(-20)], rejected: [] },
  projects: { [workDir]: { hasTrustDialogAccepted: true, hasCompletedProjectOnboarding: true } },
});

test('what a person typed to the real Claude Code in a terminal goes on in the browser', async () => {
  const model = await startModel();
  onTestFinished(() => model.close());
  const agent = { ANTHROPIC_BASE_URL: model.url, ANTHROPIC_API_KEY: key };
  await using gateway = await startGateway({
    env: { ...agent, HOTPLEX_WORKER_CLAUDE_CODE_COMMAND: realClaude },
  });
  const home = dirname(gateway.workDir);
  await writeFile(join(home, '.claude.json'), JSON.stringify(answered(gateway.workDir)));
  {
    await using terminal = openTerminal({
      ...{ command: [realClaude, '--model', 'claude-sonnet-4-5'], cwd: gateway.workDir },
      env: {
        ...{ PATH: process.env.PATH ?? '', HOME: home, LANG: 'C.UTF-8', ...agent },
        CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      },
    });
    const shows = (words: string) => expect.poll(() => terminal.screen()).toContain(words);
    await shows('? for shortcuts');
    const prompt = 'the word is tangerine @@text(I shall keep it.)';
    terminal.type(prompt);
    await shows('@@text(I shall keep it.)');
    terminal.type('\r');
    await shows('● I shall keep it.');
  }

  const browser = await openBrowser();
  onTestFinished(() => browser.close());
  const context = await browser.newContext({
    viewport: { width: 1_200, height: 800 },
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(gateway.signInLink);
  await page.getByRole('button', { name: 'Start a session' }).click();
  await page.getByRole('button', { name: 'Continue from a terminal…' }).click();
  await page.getByRole('dialog').getByText('the word is tangerine').waitFor();
  await expectAccessible(page, 'from-a-terminal');
  await page.getByRole('button', { name: /^Continue: the word is tangerine/ }).click();
  await page.getByText('I shall keep it.', { exact: true }).waitFor();
  await page.getByText('typed in a terminal').waitFor();

  await say(page, '@@recall');
  await page.getByText(/First you said: the word is tangerine/).waitFor();
  await turnEnds(page, 1);
  await page.screenshot({ path: screenshotPath('from-a-terminal-went-on') });

  await page.getByRole('button', { name: 'New session' }).click();
  await page.getByRole('button', { name: 'Continue from a terminal…' }).click();
  await page.getByRole('button', { name: /^Open: the word is tangerine/ }).waitFor();
});
