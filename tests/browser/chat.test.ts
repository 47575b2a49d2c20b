import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, screenshotPath } from '../support/open-browser.ts';
import { type RunningGateway, startGateway } from '../support/start-gateway.ts';

let gateway: RunningGateway;
let browser: Browser;
let context: BrowserContext;
let page: Page;
const problems: string[] = [];

beforeAll(async () => {
  gateway = await startGateway({ env: { DEMO_PACE: '0.2' } });
  browser = await openBrowser();
  context = await browser.newContext({ viewport: { width: 1_200, height: 800 }, reducedMotion: 'reduce' });
  page = await context.newPage();
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(gateway.signInLink);
});
afterAll(async () => {
  await browser?.close();
  await gateway?.[Symbol.asyncDispose]();
});

const say = async (tab: Page, words: string) => {
  const composer = tab.getByRole('textbox').last();
  await composer.fill(words);
  await composer.press('Enter');
};
// Chromium lets the keyboard scroll any scroller, which that rule does not know.
const isAccessible = async (tab: Page) => {
  await tab.mouse.move(0, 0);
  const { violations } = await new AxeBuilder({ page: tab })
    .disableRules('scrollable-region-focusable')
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
};

test('[H2] the printed link signs in, leaves the address bar, and a session begins', async () => {
  await page.getByRole('button', { name: 'Start a session' }).click();
  expect(page.url()).not.toContain('code=');
  await page.getByRole('button', { name: 'Start session' }).click();
  await say(page, 'markdown');
  await page.getByRole('table').waitFor();
  await page.getByText('greet').first().waitFor();
  await page.screenshot({ path: screenshotPath('markdown') });
});

test('[E4] a permission answered in one tab is settled in the other', async () => {
  const second = await context.newPage();
  await second.goto(page.url());
  await second.getByRole('table').waitFor();
  await say(page, 'permission');
  await page.getByRole('button', { name: /Allow once/ }).waitFor();
  await second.getByRole('button', { name: /Deny/ }).waitFor();
  await page.screenshot({ path: screenshotPath('permission') });
  await isAccessible(page);
  await second.getByRole('button', { name: /Deny/ }).click();
  await page.getByText('I did not run it').waitFor();
  await page.getByRole('button', { name: /Allow once/ }).waitFor({ state: 'detached' });
  await second.close();
});

test('[R3] reloaded in mid-turn, the same answer goes on: nothing missing, nothing twice', async () => {
  await say(page, 'slow');
  await page.getByText('Line 3 of a slow answer').waitFor();
  await page.reload();
  await page.getByText('Line 6 of a slow answer').waitFor();
  expect(await page.getByText('Line 1 of a slow answer').count()).toBe(1);
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
  await say(page, 'think');
  await page.getByText('That was my reasoning').waitFor();
});

test('[C2] [S5] the gateway is killed and started again: the open tab goes on by itself', async () => {
  await gateway.kill();
  await gateway.restart();
  await page.getByText('Connected').waitFor();
  await say(page, 'question');
  await page.getByText('Which colour should the button have?').waitFor();
  await page.screenshot({ path: screenshotPath('question') });
  await isAccessible(page);
});

test('it is usable at 380 px, in the dark', async () => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 380, height: 740 });
  await page.getByText('Which colour should the button have?').waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(380);
  await page.screenshot({ path: screenshotPath('narrow-dark') });
  await isAccessible(page);
  expect(problems).toEqual([]);
});
