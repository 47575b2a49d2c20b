import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OidcProvider, openOidcProvider } from '../support/oidc-provider.ts';
import { openBrowser } from '../support/open-browser.ts';
import { freePort } from '../support/operators.ts';
import { type RunningGateway, startGateway } from '../support/start-gateway.ts';
import { expectAccessible } from './expect-accessible.ts';

const client = { clientId: 'hotplex', clientSecret: 'of-the-tests-0123456789abcdef' };
let provider: OidcProvider;
let gateway: RunningGateway;

beforeAll(async () => {
  const port = await freePort();
  const redirectUri = `http://127.0.0.1:${port}/api/auth/oidc/callback`;
  provider = await openOidcProvider({ ada: { groups: ['dev'] }, otto: {} }, { ...client, redirectUri });
  gateway = await startGateway({
    env: {
      HOTPLEX_GATEWAY_ADDR: `127.0.0.1:${port}`,
      HOTPLEX_OIDC_ISSUER: provider.issuer,
      HOTPLEX_OIDC_PRIVATE_HOSTS: new URL(provider.issuer).host,
      HOTPLEX_OIDC_NAME: 'Example',
      HOTPLEX_OIDC_CLIENT_ID: client.clientId,
      HOTPLEX_OIDC_CLIENT_SECRET: client.clientSecret,
      HOTPLEX_OIDC_REDIRECT_URI: redirectUri,
      HOTPLEX_OIDC_DRIVER_GROUPS: 'dev',
    },
  });
});
afterAll(async () => {
  await gateway?.[Symbol.asyncDispose]();
  await provider?.[Symbol.asyncDispose]();
});

test('[X6] with an account of the provider one is signed in, and stays so when the page is loaded anew', async () => {
  const browser = await openBrowser();
  const page = await (await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce' })).newPage();
  await page.goto(gateway.url);
  const button = page.getByRole('button', { name: 'Sign in with Example' });
  await button.waitFor();
  await expectAccessible(page, 'sign-in-with');

  provider.user = 'otto';
  await button.click();
  await page.getByText('Your account may not come in here.').waitFor();
  expect(new URL(page.url()).hash).toBe('');

  await page.context().clearCookies();
  provider.user = 'ada';
  await button.click();
  await page.getByRole('button', { name: 'Start a session' }).waitFor();
  expect(page.url()).toBe(`${gateway.url}/`);
  await page.reload();
  await page.getByRole('button', { name: 'Start a session' }).waitFor();
  await browser.close();
});

test('in Chinese it is offered in Chinese', async () => {
  const browser = await openBrowser();
  const page = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
  await page.goto(gateway.url);
  await page.getByRole('button', { name: '使用 Example 登录' }).waitFor();
  await browser.close();
});
