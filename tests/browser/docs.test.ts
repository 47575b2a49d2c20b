import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { openBrowser, screenshotPath } from '../support/open-browser.ts';
import { type RunningGateway, startGateway } from '../support/start-gateway.ts';
import { expectAccessible } from './expect-accessible.ts';

const narrow = { width: 380, height: 800 };
const wide = { width: 1_280, height: 800 };

let gateway: RunningGateway;
let browser: Browser;
beforeAll(async () => {
  [gateway, browser] = await Promise.all([startGateway(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await gateway?.[Symbol.asyncDispose]();
});

/** A tab of somebody who is not signed in; whatever the browser complains of fails its test. */
async function openDocs(path: string, viewport = wide): Promise<Page> {
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  onTestFinished(async () => {
    await context.close();
    expect(complaints).toEqual([]);
  });
  await page.goto(`${gateway.url}/docs${path}`);
  return page;
}

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });

test('[W1] it is read without signing in, searched, and gone through by links', async () => {
  const page = await openDocs('');
  await page.getByRole('main').getByRole('link', { name: 'Getting started' }).click();
  await heading(page, 'Getting started').waitFor();
  expect(new URL(page.url()).pathname).toBe('/docs/getting-started');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('searchbox').fill('retention');
  await page
    .getByRole('option', { name: /Running it.*Retention/ })
    .first()
    .click();
  await page.getByRole('heading', { level: 2, name: 'Retention' }).waitFor();
  expect(page.url()).toBe(`${gateway.url}/docs/operations#retention`);
});

test('the settings of the web chat lead to it', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(gateway.signInLink);
  await page.getByRole('button', { name: 'Settings' }).click();
  const opened = page.waitForEvent('popup');
  await page.getByRole('menuitem', { name: 'Documentation' }).click();
  const docs = await opened;
  await heading(docs, 'HotPlex').waitFor();
  expect(docs.url()).toBe(`${gateway.url}/docs/`);
  await context.close();
});

test('what a page shows of a program is the program', async () => {
  const page = await openDocs('/sdks/python');
  await page.getByText('the answer is another one').first().waitFor();
});

test('Chinese is found by words inside of a sentence', async () => {
  const page = await openDocs('/zh/');
  await page.getByRole('button', { name: '搜索文档' }).click();
  await page.getByRole('searchbox').fill('密钥');
  await page
    .getByRole('option', { name: /从程序里调用/ })
    .first()
    .click();
  await heading(page, '快速上手').waitFor();
});

test('an address that is none of its pages says so', async () => {
  const page = await openDocs('/');
  const answer = await page.request.get(`${gateway.url}/docs/nothing`);
  expect(answer.status()).toBe(404);
  expect(answer.headers()['content-security-policy']).toContain("script-src 'self' 'sha256-");
  expect(await answer.text()).toContain('404');
});

test.each([
  { path: 'getting-started', viewport: narrow },
  { path: 'operations', viewport: narrow },
  { path: 'zh/concepts', viewport: wide },
])('$path can be read by everybody, in a window of $viewport.width', async ({ path, viewport }) => {
  const page = await openDocs(`/${path}`, viewport);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await expectAccessible(page, `docs-${path.replace('/', '-')}-${viewport.width}`);
});

test.each(['sdks/go', 'protocol-tables', 'agents'])('%s is no wider than a telephone', async (path) => {
  const page = await openDocs(`/${path}`, narrow);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.screenshot({ path: screenshotPath(`docs-${path.replace('/', '-')}`) });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(narrow.width);
});
