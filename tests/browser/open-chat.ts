import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openBrowser } from '../support/open-browser.ts';
import { type RunningGateway, startGateway } from '../support/start-gateway.ts';

export type Chat = AsyncDisposable & {
  gateway: RunningGateway;
  context: BrowserContext;
  page: Page;
  /** Errors no code of the page caught. */
  problems: string[];
};

type Options = {
  pace: number;
  locale?: string;
  env?: Record<string, string>;
  /** What passes through a service worker no test can cut off. */
  serviceWorkers?: 'allow' | 'block';
  browser?: () => Promise<Browser>;
};

/** A gateway with the demo agent, and a tab that nobody has signed in to. */
export async function openChat({
  pace,
  locale = 'en-GB',
  env = {},
  serviceWorkers = 'block',
  browser: open = openBrowser,
}: Options): Promise<Chat> {
  const gateway = await startGateway({ env: { DEMO_PACE: String(pace), ...env } });
  const browser = await open();
  const context = await browser.newContext({
    viewport: { width: 1_200, height: 800 },
    reducedMotion: 'reduce',
    ...{ locale, serviceWorkers },
  });
  const page = await context.newPage();
  // What is waited for may take its time on a busy machine.
  page.setDefaultTimeout(60_000);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  return {
    gateway,
    context,
    page,
    problems,
    async [Symbol.asyncDispose]() {
      await browser.close();
      await gateway[Symbol.asyncDispose]();
    },
  };
}

/** Signs in with the printed link and opens a first session. */
export async function startSession({ page, gateway }: Chat): Promise<void> {
  await page.goto(gateway.signInLink);
  await page.getByRole('button', { name: 'Start a session' }).click();
  await page.getByRole('button', { name: 'Start session' }).click();
  await page.getByRole('heading', { name: 'What should we work on?' }).waitFor();
}

/** Sends a message, in whatever language the page is. */
export async function say(page: Page, words: string): Promise<void> {
  const composer = page.getByRole('textbox', { name: /^(Message to the agent|给智能体的消息)$/ });
  await composer.fill(words);
  await composer.press('Enter');
}

/** Sends a message and returns once its turn has ended. */
export async function sayAndWait(page: Page, words: string): Promise<void> {
  const earlier = await page.getByTestId('agent-message').count();
  await say(page, words);
  await turnEnds(page, earlier);
}

/** Returns once the turn after so many earlier ones has ended. */
export async function turnEnds(page: Page, earlier: number): Promise<void> {
  await page.locator('[data-testid=agent-message][data-live=false]').nth(earlier).waitFor();
}
