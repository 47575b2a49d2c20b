import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPushReceiver } from '../../apps/gateway/test/hooks/push-receiver.ts';
import { screenshotPath } from '../support/open-browser.ts';
import { expectAccessible } from './expect-accessible.ts';
import { type Chat, openChat, startSession } from './open-chat.ts';

let chat: Chat;

beforeAll(async () => {
  chat = await openChat({ pace: 0, serviceWorkers: 'allow' });
  await startSession(chat);
});
afterAll(() => chat?.[Symbol.asyncDispose]());

test('the page can be installed, in the language it is shown in', async () => {
  const { page, context } = chat;
  await page.evaluate(() => navigator.serviceWorker.ready.then(({ scope }) => scope));
  const devtools = await context.newCDPSession(page);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  // A browser without a profile on disk installs nothing; there is nothing else against it.
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual(
    [],
  );
  const { errors, data = '' } = await devtools.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  expect(JSON.parse(data)).toMatchObject({ name: 'HotPlex', lang: 'en' });
  // It would take part in what is emulated later.
  await devtools.detach();
  await page.evaluate(() => localStorage.setItem('hotplex.language', 'zh'));
  await page.reload();
  await expect
    .poll(() => page.locator('link[rel=manifest]').getAttribute('href'))
    .toBe('/manifest.zh.webmanifest');
  await page.evaluate(() => localStorage.setItem('hotplex.language', 'en'));
});

test('without a network the page starts and says so, and goes on once the gateway answers; nothing it says was kept', async () => {
  const { page, context, gateway, problems } = chat;
  await page.reload();
  const composer = page.getByRole('textbox', { name: 'Message to the agent' });
  await composer.fill('typed before the train went into the tunnel');
  // What is emulated for the page does not hold for its service worker.
  await gateway.stop();
  await context.setOffline(true);
  await page.reload();
  await page.getByRole('heading', { name: 'No network' }).waitFor();
  await page.screenshot({ path: screenshotPath('installed-offline') });
  const kept = await page.evaluate(async () => {
    const names = await caches.keys();
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return requests.flat().map(({ url }) => new URL(url).pathname);
  });
  expect(kept).toContain('/');
  expect(kept.filter((path) => path.startsWith('/api') || path.startsWith('/docs'))).toEqual([]);
  await gateway.restart();
  await context.setOffline(false);
  await composer.waitFor();
  expect(await composer.inputValue()).toBe('typed before the train went into the tunnel');
  expect(problems).toEqual([]);
});

test('a call that is pushed is shown by the service worker, and leads to its session; who looks is not called', async () => {
  const { page, context, gateway } = chat;
  await context.grantPermissions(['notifications'], { origin: gateway.url });
  const sessionId = new URL(page.url()).searchParams.get('s') ?? '';
  const devtools = await context.newCDPSession(page);
  const registrations = Promise.withResolvers<string>();
  devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations: [one] }) => {
    if (one) registrations.resolve(one.registrationId);
  });
  await devtools.send('ServiceWorker.enable');
  const push = async (data: object) =>
    devtools.send('ServiceWorker.deliverPushMessage', {
      ...{ origin: gateway.url, registrationId: await registrations.promise, data: JSON.stringify(data) },
    });
  const address = page.url();
  const [worker] = context.serviceWorkers();
  const shown = () =>
    worker?.evaluate(async () => {
      const { registration } = globalThis as unknown as { registration: ServiceWorkerRegistration };
      const all = await registration.getNotifications();
      return all.map(({ title, body, tag }) => ({ title, body, tag }));
    });
  await push({ kind: 'ended', session_id: 'looked-at', language: 'en' });
  await page.goto('about:blank');
  await push({ kind: 'asks', session_id: sessionId, language: 'zh', title: 'tea' });
  await expect.poll(shown).toEqual([{ title: 'tea', body: '智能体需要您的回答。', tag: sessionId }]);
  await devtools.detach();
  await page.goto(address);
});

test('in the settings one sees which browsers are called, ends that for one, and reads why this one is not called', async () => {
  const { page, context, gateway } = chat;
  const devtools = await context.newCDPSession(page);
  const { browserContextId = '' } = (await devtools.send('Target.getTargetInfo')).targetInfo;
  const answer = (setting: 'granted' | 'denied') =>
    devtools.send('Browser.setPermission', {
      ...{ permission: { name: 'notifications' }, setting, origin: gateway.url, browserContextId },
    });
  await answer('denied');
  await page.evaluate(() => localStorage.setItem('hotplex.language', 'en'));
  const [asked] = await Promise.all([page.waitForRequest('**/api/push/devices'), page.reload()]);
  const subscribed = await fetch(`${gateway.url}/api/push/devices`, {
    method: 'POST',
    headers: {
      ...{ 'content-type': 'application/json', origin: gateway.url },
      authorization: (await asked.allHeaders()).authorization ?? '',
    },
    body: JSON.stringify({
      ...{ endpoint: 'https://push.example/ann', keys: createPushReceiver().keys },
      ...{ name: 'Firefox on Linux', language: 'en', show_title: false },
    }),
  });
  expect(subscribed.status).toBe(200);

  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('menuitem', { name: 'Push notifications…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Push notifications' });
  await dialog.getByText('Blocked in the settings of your browser.').waitFor();
  expect(await dialog.getByRole('checkbox', { name: 'Notify this browser' }).isDisabled()).toBe(true);
  const called = dialog.getByRole('region', { name: 'Browsers that are notified' }).getByRole('listitem');
  await called.getByText('Firefox on Linux').waitFor();
  await expectAccessible(page, 'push');
  await dialog.getByRole('button', { name: 'No longer notify Firefox on Linux' }).click();
  await called.waitFor({ state: 'detached' });

  // This Chromium has no push service; where the browser allows it, the page says that it came to nothing.
  await answer('granted');
  await page.setViewportSize({ width: 360, height: 640 });
  await page.evaluate(() => localStorage.setItem('hotplex.language', 'zh'));
  await page.reload();
  await page.getByRole('button', { name: '打开会话列表' }).click();
  await page.getByRole('button', { name: '设置' }).click();
  await page.getByRole('menuitem', { name: '推送通知…' }).click();
  const here = page.getByRole('dialog', { name: '推送通知' }).getByRole('checkbox', { name: '通知此浏览器' });
  await here.click();
  await page.getByText('未能完成：浏览器、其推送服务或网关拒绝了。').waitFor();
  expect(await here.isChecked()).toBe(false);
  await expectAccessible(page, 'push-zh-phone');
});
