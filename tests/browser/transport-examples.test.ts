import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildExamples } from '../support/built-examples.ts';
import { openBrowser } from '../support/open-browser.ts';
import { freePort } from '../support/operators.ts';
import { apiKey, startGateway } from '../support/start-gateway.ts';

const built = ['vite-react', 'vue', 'svelte', 'next'];
const opened = new AsyncDisposableStack();
let browser: Browser;
let addressOf: (app: string) => string;

beforeAll(async () => {
  const [sitePort, nextPort] = [await freePort(), await freePort()];
  const site = `http://127.0.0.1:${sitePort}`;
  const next = `http://127.0.0.1:${nextPort}`;
  addressOf = (app) => (app.startsWith('next/') ? app.replace('next', next) : `${site}/${app}/`);
  // The pages of Next.js' server need no leave: their server asks for them.
  const { url } = opened.use(
    await startGateway({ env: { HOTPLEX_SECURITY_ALLOWED_ORIGINS: `${site},${next}` } }),
  );
  const env = {
    ...{ VITE_HOTPLEX_URL: url, NEXT_PUBLIC_HOTPLEX_URL: url, NEXT_TELEMETRY_DISABLED: '1' },
    ...{ HOTPLEX_URL: url, HOTPLEX_KEY: apiKey },
  };
  opened.use(await buildExamples({ apps: built, sitePort, nextPort, env }));
  browser = await openBrowser();
  opened.defer(() => browser.close());
}, 300_000);
afterAll(() => opened[Symbol.asyncDispose]());

/** A tab of somebody who has the key of the gateway, unless the page keeps it on its server. */
async function openTab(url: string, from?: Page): Promise<Page> {
  const context = from?.context() ?? (await browser.newContext());
  const page = await context.newPage();
  if (!url.endsWith('/server'))
    await page.addInitScript((key) => sessionStorage.setItem('hotplex.key', key), apiKey);
  await page.goto(url);
  return page;
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const conversation = (page: Page) => page.getByRole('article').allInnerTexts();
const isQuiet = (page: Page) => expect.poll(() => button(page, 'Stop').isDisabled()).toBe(true);
const say = async (page: Page, words: string) => {
  await page.getByRole('textbox', { name: 'Message' }).fill(words);
  await button(page, 'Send').click();
};

describe.each(['vite-react', 'vue', 'svelte', 'next/direct', 'next/server'])('the example %s', (app) => {
  test('[E4] [R3] answers, asks, is loaded anew meanwhile, goes on, stops and has its history', async () => {
    const page = await openTab(addressOf(app));
    if (app === 'next/server') await button(page, 'Come in').click();
    await say(page, 'think');
    await page.getByText('That was my reasoning').waitFor();
    await isQuiet(page);

    await say(page, 'permission');
    await button(page, 'Allow').waitFor();
    await page.reload();
    await button(page, 'Allow').click();
    await page.getByText('You allowed it').waitFor();
    await isQuiet(page);

    await say(page, 'wait');
    await page.getByText('I wait until').waitFor();
    await button(page, 'Stop').click();
    await isQuiet(page);

    const shown = await conversation(page);
    expect(shown).toHaveLength(6);
    await page.reload();
    await expect.poll(() => conversation(page)).toEqual(shown);
    await page.context().close();
  });
});

/** Two tabs of one person that show the same session. */
async function openTwoTabs(app: string) {
  const here = await openTab(addressOf(app));
  await button(here, 'Send').waitFor();
  const there = await openTab(here.url(), here);
  await button(there, 'Send').waitFor();
  return { here, there, [Symbol.asyncDispose]: () => here.context().close() };
}

describe.each(['vite-react', 'next/direct'])('two tabs of %s', (app) => {
  test('[C1] [E4] see one conversation; what one is asked the other may answer', async () => {
    await using tabs = await openTwoTabs(app);
    const { here, there } = tabs;
    await say(here, 'permission');
    for (const page of [here, there]) await button(page, 'Allow').waitFor();
    await button(there, 'Deny').click();
    for (const page of [here, there]) await page.getByText('I did not run it').waitFor();
    await say(there, 'think');
    for (const page of [here, there]) await page.getByText('That was my reasoning').waitFor();
    for (const page of [here, there]) await isQuiet(page);
    expect(await conversation(there)).toEqual(await conversation(here));
    expect(await conversation(here)).toHaveLength(4);
  });
});

describe('useHotPlexSession in vite-react', () => {
  test('[I2] [E4] shows the queue, questions, figures and the connection in every tab', async () => {
    await using tabs = await openTwoTabs('vite-react');
    const { here, there } = tabs;
    await say(here, 'wait');
    await here.getByText('I wait until').waitFor();
    await say(here, 'later');
    const waiting = there.getByRole('list', { name: 'Queue' }).getByRole('listitem');
    await waiting.filter({ hasText: 'later' }).getByRole('button', { name: 'Take back' }).click();
    for (const page of [here, there])
      await expect.poll(() => page.getByRole('list', { name: 'Queue' }).textContent()).toBe('');
    await button(here, 'Stop').click();
    for (const page of [here, there]) await isQuiet(page);

    await say(there, 'question');
    await here.getByRole('combobox', { name: /^Which colour/ }).selectOption('Blue');
    await button(here, 'Answer').click();
    for (const page of [here, there]) await page.getByText(/You chose:.*Blue/s).waitFor();
    await expect
      .poll(() => here.getByRole('status').textContent())
      .toMatch(/^ready, idle, 0 to allow.*, 2 turns, unknown tokens$/);
  });

  test('a failure is told in words for people, live and from history', async () => {
    const page = await openTab(addressOf('vite-react'));
    await say(page, 'crash');
    const told = page.getByRole('alert');
    const words = 'The agent broke off in the middle of its work. It comes back with your next message.';
    await expect.poll(() => told.textContent()).toBe(words);
    await page.reload();
    await expect.poll(() => told.textContent()).toBe(words);
    await page.context().close();
  });
});
