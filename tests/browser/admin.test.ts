import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AepClient } from '@hotplex/client-sdk';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isAlive } from '../../apps/gateway/test/contracts/worker-contract/is-alive.ts';
import { screenshotPath } from '../support/open-browser.ts';
import { apiKey } from '../support/start-gateway.ts';
import { expectAccessible } from './expect-accessible.ts';
import { type Chat, openChat, say, sayAndWait, startSession } from './open-chat.ts';
import { phoneScreen } from './open-phone.ts';

let chat: Chat;
let page: Page;
const folder = mkdtempSync(join(tmpdir(), 'hotplex-config-'));
const configFile = join(folder, 'hotplex.yaml');

beforeAll(async () => {
  writeFileSync(configFile, 'session: { max_queue: 7 }\n');
  chat = await openChat({
    pace: 0,
    env: {
      HOTPLEX_CONFIG: configFile,
      HOTPLEX_ADMIN_USERS: 'local',
      // A person is slower.
      ...{ HOTPLEX_ADMIN_REQUESTS_PER_SECOND: '1000', HOTPLEX_ADMIN_REQUESTS_BURST: '1000' },
    },
  });
  page = chat.page;
});
afterAll(async () => {
  await chat?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

const row = (text: string | RegExp) => page.getByRole('row').filter({ hasText: text });
const link = (name: string) =>
  page.getByRole('navigation', { name: 'Admin pages' }).getByRole('link', { name });
const open = async (name: string) => {
  await link(name).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
};

/** How much of a table does not fit into its frame sideways, CSS pixels. */
const hiddenBeside = (table: Locator) =>
  table.evaluate(({ parentElement: frame }) => (frame ? frame.scrollWidth - frame.clientWidth : Infinity));

test('an operator gets from the chat to what everybody’s agents do, and stops and deletes what is another’s', async () => {
  await startSession(chat);
  await sayAndWait(page, 'hello');
  await say(page, 'permission');
  await page.getByRole('button', { name: /Allow once/ }).click();
  using other = new AepClient({ url: chat.gateway.url, workerType: 'demo', auth: apiKey, reconnect: false });
  const { session_id: id } = await other.connect();
  const pid = Number((await other.prompt('pid').done).text.match(/\d+/)?.[0]);

  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('menuitem', { name: 'Admin' }).click();
  await page.getByRole('heading', { name: 'All is well' }).waitFor();
  await page.getByText('2 of at most').waitFor();
  await expectAccessible(page, 'admin-overview');

  await open('Agents');
  await row(String(pid)).getByText('process').waitFor();
  await expectAccessible(page, 'admin-workers');
  await row(String(pid))
    .getByRole('button', { name: `Stop process ${pid}` })
    .click();
  await expectAccessible(page, 'admin-stop');
  await page.getByRole('dialog').getByRole('button', { name: 'Stop the agent' }).click();
  await row(String(pid)).waitFor({ state: 'detached' });
  await expect.poll(() => isAlive(pid)).toBe(false);

  await open('Sessions');
  await expect.poll(() => page.getByRole('row').count()).toBe(3);
  await expectAccessible(page, 'admin-sessions');
  await page.getByRole('combobox', { name: 'State' }).selectOption('Ended');
  await expect.poll(() => page.getByRole('row').count()).toBe(2);
  // The address leads to the same, for whoever it is sent to.
  await page.goto(page.url());
  await page.getByRole('link', { name: `Details of ${id}` }).click();
  await page.getByRole('heading', { name: 'Last turns' }).waitFor();
  await row('done').waitFor();
  await expectAccessible(page, 'admin-session');
  await page.getByRole('button', { name: 'Delete the session' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete the session' }).click();
  await page.getByRole('heading', { level: 1, name: 'Sessions' }).waitFor();
  await expect.poll(() => page.getByRole('row').count()).toBe(2);
});

test('costs, verdicts of the policy, the audit log and the configuration are told as they are', async () => {
  await open('Costs');
  await page.getByRole('combobox', { name: 'By' }).selectOption('User');
  await page.getByRole('combobox', { name: 'Show' }).selectOption('Turns');
  await row('local').getByRole('cell', { name: '2', exact: true }).waitFor();
  // A session that was deleted has cost what it has cost.
  await row(/key:/).getByRole('cell', { name: '1', exact: true }).waitFor();
  await page.getByRole('img', { name: 'Turns per day over 30 days, 3 in all' }).waitFor();
  await expectAccessible(page, 'admin-costs');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download as CSV' }).click(),
  ]);
  expect(readFileSync(await download.path(), 'utf8')).toMatch(
    /^day,user,turns,tokens_in,tokens_out,cost_usd,work_ms\r\n\d{4}-\d\d-\d\d,key:[^,]+,1,/,
  );

  await open('Policy');
  await row('no objection').waitFor();
  await expectAccessible(page, 'admin-policy');

  await open('Audit');
  await page.getByRole('button', { name: 'Check the chain' }).click();
  await page.getByText(/The log is whole: \d+ records/).waitFor();
  await page.getByRole('searchbox', { name: 'Action' }).fill('DELETE');
  await expect.poll(() => page.getByRole('row').count()).toBe(2);
  await row('DELETE /api/admin/sessions/:id').getByText('local').waitFor();
  await row('DELETE /api/admin/sessions/:id').getByText('Delete a session').waitFor();
  await expectAccessible(page, 'admin-audit');
  // A field is emptied by a button that a key reaches, too.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.getByRole('row').count()).toBeGreaterThan(2);
  expect(await page.getByRole('searchbox', { name: 'Action' }).inputValue()).toBe('');

  await open('Configuration');
  await page.getByRole('searchbox', { name: 'Find a setting' }).fill('api_keys');
  await row('security.api_keys').getByText('set, not shown').waitFor();
  expect(await page.content()).not.toContain(apiKey);
  await expectAccessible(page, 'admin-config');
});

test('the configurations that were in force are told, and an earlier one is put in force again', async () => {
  await open('History');
  await row(/^1in force/)
    .getByText('at the start')
    .waitFor();
  writeFileSync(configFile, 'session: { max_queue: 9 }\n');
  await expect
    .poll(async () => {
      await page.getByRole('button', { name: 'Refresh' }).click();
      return row(/^2in force/).count();
    })
    .toBe(1);
  await row(/^2in force/)
    .getByText('session.max_queue: 7 → 9')
    .waitFor();
  await row('at the start').getByRole('button', { name: 'Go back to version 1' }).click();
  await expectAccessible(page, 'admin-rollback');
  await page.getByRole('dialog').getByRole('button', { name: 'Go back' }).click();
  await row(/^3in force/)
    .getByText('session.max_queue: 9 → 7')
    .waitFor();
  await row(/^3in force/)
    .getByText('local (back to an earlier one)')
    .waitFor();
  await expectAccessible(page, 'admin-history');
  await open('Configuration');
  await page.getByRole('searchbox', { name: 'Find a setting' }).fill('max_queue');
  await row('session.max_queue').getByText('an earlier version').waitFor();
  // From the chat, a few letters lead back here.
  await page.getByTitle('Back to the chat').click();
  await page.getByRole('navigation', { name: 'Sessions' }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Commands' }).getByRole('combobox').fill('admin');
  await page.getByRole('option', { name: 'Admin', exact: true }).click();
  await page.getByRole('heading', { name: 'All is well' }).waitFor();
});

test('on a phone, in Chinese, by keyboard', async () => {
  await page.setViewportSize(phoneScreen);
  await page.evaluate(() => localStorage.setItem('hotplex.language', 'zh'));
  await page.goto(`${chat.gateway.url}/admin?page=costs&show=turns&days=90`);
  await page.getByRole('img', { name: '90 天内每天的轮次，合计 3' }).waitFor();
  await expectAccessible(page, 'admin-costs-phone');
  for (const heading of ['审计', '会话', '配置', '历史', '智能体', '概览', '策略']) {
    await page.getByRole('navigation', { name: '管理页面' }).getByRole('link', { name: heading }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    await expect.poll(() => page.getByRole('status', { name: '加载中…' }).count()).toBe(0);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width, heading).toBeLessThanOrEqual(phoneScreen.width);
    await page.screenshot({ path: screenshotPath(`admin-${heading}-phone`) });
  }
  // The gateway speaks English; the page has words for what was done, and for the rule.
  await page.goto(`${chat.gateway.url}/admin?page=audit`);
  await row('config/rollback').getByText('回到较早的配置').waitFor();
  await row('permission').getByText('批准工具调用').waitFor();
  await expectAccessible(page, 'admin-audit-phone');
  for (const language of ['en', 'zh']) {
    await page.evaluate((name) => localStorage.setItem('hotplex.language', name), language);
    for (const name of ['audit', 'policy']) {
      await page.goto(`${chat.gateway.url}/admin?page=${name}`);
      await page.getByRole('table').waitFor();
      expect(await hiddenBeside(page.getByRole('table')), `${name} ${language}`).toBeLessThan(1);
    }
  }
  await page.getByText('没有理由反对。').first().waitFor();
  expect(chat.problems).toEqual([]);
});

test('a key is no operator, and is told so', async () => {
  const context = await chat.context.browser()?.newContext({ locale: 'en-GB' });
  const stranger = await context?.newPage();
  if (!stranger) throw new Error('there is no browser');
  await stranger.goto(`${chat.gateway.url}/admin?page=audit`);
  await stranger.getByText('Or use an API key').click();
  await stranger.getByLabel('API key').fill(apiKey);
  await stranger.keyboard.press('Enter');
  await stranger.getByText('A key is never an operator here').waitFor();
  await expectAccessible(stranger, 'admin-stranger');
});
