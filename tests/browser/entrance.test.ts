import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AgentList } from '@hotplex/client-sdk';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from './expect-accessible.ts';
import { type Chat, openChat } from './open-chat.ts';

let chat: Chat;
let page: Page;

beforeAll(async () => {
  chat = await openChat({ pace: 0 });
  page = chat.page;
  await chat.context.grantPermissions(['clipboard-read', 'clipboard-write']);
});
afterAll(() => chat?.[Symbol.asyncDispose]());

test('[X1] without a sign-in the page says how to get one; a wrong code and a wrong key are refused', async () => {
  await page.goto(chat.gateway.url);
  await page.getByRole('heading', { name: 'Sign in to your gateway' }).waitFor();
  // What is typed into a terminal is told apart from the words around it.
  await page
    .getByRole('code')
    .filter({ hasText: /^hotplex up$/ })
    .waitFor();
  await expectAccessible(page, 'sign-in');
  await page.getByText('Or use an API key').click();
  await page.getByLabel('API key').fill('not a key of this gateway');
  await page.getByRole('button', { name: 'Use this key' }).click();
  await page.getByText('The gateway does not know this key.').waitFor();
  await expectAccessible(page, 'wrong-key');
  await page.goto(`${chat.gateway.url}/?again#code=used`);
  await page.getByText('That link has been used already').waitFor();
  await expectAccessible(page, 'wrong-code');
});

test('the first page says what this is; a session that does not exist says so', async () => {
  await page.goto(chat.gateway.signInLink);
  await page.getByRole('button', { name: 'Start a session' }).waitFor();
  await page.getByText('No sessions yet.').waitFor();
  await expectAccessible(page, 'first-page');
  await page.goto(`${chat.gateway.url}/?s=sess_none`);
  await page.getByRole('heading', { name: 'This session does not exist' }).waitFor();
  await expectAccessible(page, 'missing-session');
  await page.getByRole('button', { name: 'To your sessions' }).click();
  await page.getByRole('button', { name: 'Start a session' }).waitFor();
});

test('any list of agents can be chosen from: what they cannot do, and how to get those that are missing', async () => {
  const agents: AgentList['agents'] = [
    { type: 'demo', title: 'Demo', available: true, version: null, accepts: ['work_dir'] },
    {
      ...{ type: 'pi', title: 'pi', available: false, version: null, accepts: [] },
      ...{ reason: 'pi was not found in PATH', install: 'npm install -g @example/pi' },
    },
    {
      ...{ type: 'one_shot', title: 'One Shot', available: true, version: '1.1', tested: '1.0' },
      ...{ accepts: ['work_dir', 'model'], models: [{ id: 'm-1', name: 'Model One' }] },
      capabilities: { process: 'per_turn', supports_delta: false, supports_permission: false },
    },
    {
      ...{ type: 'claude_code', title: 'Claude Code', available: true, version: '2.0', tested: '2.0' },
      ...{ accepts: ['work_dir', 'permission_mode'], permission_modes: ['plan'] },
      isolation: {
        default: 'process',
        levels: [
          { level: 'none', available: false, problem: 'weaker' },
          { level: 'process', available: true },
          { level: 'sandbox', available: true },
          { level: 'container', available: false, problem: 'not_set_up' },
        ],
      },
    },
  ];
  await page.route('**/api/agents', (route) =>
    route.fulfill({ json: { agents, default_work_dir: '/home/ada/project' } }),
  );
  await page.getByRole('button', { name: 'Start a session' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('pi was not found in PATH').waitFor();
  await dialog.getByRole('radio', { name: /One Shot/ }).check();
  expect(await dialog.getByTestId('traits').textContent()).toBe(
    'starts anew for each turn · answers arrive whole · never asks before it acts · tested with 1.0',
  );
  await dialog.getByLabel('Model').selectOption({ label: 'Model One' });
  await dialog.getByRole('radio', { name: /Claude Code/ }).check();
  await dialog.getByText('CLAUDE.md').waitFor();
  await dialog.getByLabel('Permission mode').selectOption({ label: 'Plan only, change nothing' });
  const isolation = dialog.getByLabel('Isolation');
  expect(await isolation.locator('option:disabled').allTextContents()).toEqual([
    'None – less than the operator asks for',
    'Container – not set up on this gateway',
  ]);
  await isolation.selectOption({ label: 'Sandbox' });
  await dialog.getByText('writes to that and to its own state, nowhere else').waitFor();
  await dialog.getByRole('button', { name: 'Copy: npm install -g @example/pi' }).click();
  await dialog.getByRole('button', { name: 'Copied' }).waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('npm install -g @example/pi');
  await expectAccessible(page, 'agents');
  await page.unroute('**/api/agents');
  await page.keyboard.press('Escape');
});

test('a refused session says at which field', async () => {
  await page.getByRole('button', { name: 'Start a session' }).click();
  const dialog = page.getByRole('dialog');
  // Those of the test before are shown until the agents are known anew, and the first of them is not here.
  await dialog.getByRole('radio', { name: /Demo/ }).check();
  await dialog.getByLabel('Work directory').fill('not/absolute');
  await dialog.getByRole('button', { name: 'Start session' }).click();
  await dialog.getByRole('alert').filter({ hasText: 'Work directory must be an absolute path' }).waitFor();
  await expectAccessible(page, 'refused-session');
  await page.keyboard.press('Escape');
});

test('it speaks Chinese', async () => {
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('menuitemradio', { name: '中文' }).click();
  await page.getByRole('heading', { name: '随时与编程智能体对话' }).waitFor();
  await page.locator('html[lang=zh]').waitFor();
  await expectAccessible(page, 'chinese');
  await page.getByRole('button', { name: '设置' }).click();
  await page.getByRole('menuitemradio', { name: 'English' }).click();
});

test('a page that is opened while the gateway is away waits for it', async () => {
  await page.route('**/api/auth/**', (route) => route.abort());
  await page.goto(chat.gateway.url);
  await page.getByRole('heading', { name: 'The gateway does not answer' }).waitFor();
  await expectAccessible(page, 'unreachable');
  await page.unroute('**/api/auth/**');
  await page.getByRole('button', { name: 'Start a session' }).waitFor();
  expect(chat.problems).toEqual([]);
});

test('[X4] [CVE-2026-25253] an address in the link of the web chat does not change whom it talks to', async () => {
  const asked: string[] = [];
  const evil = createServer(({ url = '' }, response) => {
    asked.push(url);
    response.setHeader('access-control-allow-origin', '*').end('{}');
  }).listen(0, '127.0.0.1');
  evil.on('upgrade', ({ url }, socket) => {
    asked.push(`socket ${url}`);
    socket.destroy();
  });
  await once(evil, 'listening');
  const { port } = evil.address() as AddressInfo;
  const page = await chat.context.newPage();
  const wanted: string[] = [];
  page.on('request', (request) => void wanted.push(new URL(request.url()).host));
  page.on('websocket', (socket) => void wanted.push(new URL(socket.url()).host));
  const [http, ws] = [`http://127.0.0.1:${port}`, `ws://127.0.0.1:${port}/ws`].map(encodeURIComponent);
  const names = ['gatewayUrl', 'gateway', 'gateway_url', 'url', 'ws', 'server', 'host', 'api', 'token'];
  const query = names.map((name) => `${name}=${/ws|gatewayUrl/.test(name) ? ws : http}`).join('&');
  await page.goto(`${chat.gateway.url}/?${query.replace(/&token=.*/, '')}#${query}`);
  await page.getByRole('button', { name: 'Start a session' }).click();
  await page.getByRole('button', { name: 'Start session' }).click();
  await page.getByRole('heading', { name: 'What should we work on?' }).waitFor();
  expect(new Set(wanted)).toEqual(new Set([`127.0.0.1:${chat.gateway.port}`]));
  expect(asked).toEqual([]);
  await page.close();
  evil.close();
});

test('[J8] who signs out on all devices is out in the other browser as well', async () => {
  const { cookies } = await chat.context.storageState();
  const other = await chat.context.browser()?.newContext({ storageState: { cookies, origins: [] } });
  const elsewhere = await other?.newPage();
  if (!elsewhere) throw new Error('the browser is gone');
  await elsewhere.goto(chat.gateway.url);
  await elsewhere.getByRole('button', { name: 'Start a session' }).waitFor();
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('menuitem', { name: 'Sign out on all devices' }).click();
  await page.getByText('You are signed out.').waitFor();
  await elsewhere.reload();
  await elsewhere.getByRole('heading', { name: 'Sign in to your gateway' }).waitFor();
  await other?.close();
});
