import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OidcProvider, openOidcProvider } from '../support/oidc-provider.ts';
import { freePort } from '../support/operators.ts';
import { openPlainBrowser } from '../support/plain-browser.ts';
import { runCli } from '../support/run-cli.ts';
import { type RunningGateway, startGateway } from '../support/start-gateway.ts';
import { tryStart } from '../support/try-start.ts';

const accounts = {
  ada: { email: 'ada@example.com', email_verified: true, groups: ['developers', 'all'] },
  vera: { email: 'vera@EXAMPLE.com', email_verified: true, groups: ['all'] },
  otto: { email: 'otto@example.com', email_verified: true, groups: ['sales'] },
  mallory: { email: 'mallory@example.com', email_verified: false, groups: ['developers'] },
  eve: { email: 'eve@example.com.evil.example', email_verified: true, groups: ['developers'] },
};
const client = { clientId: 'hotplex', clientSecret: 'of-the-tests-0123456789abcdef' };
let provider: OidcProvider;
let gateway: RunningGateway;
let settings: Record<string, string>;

beforeAll(async () => {
  const port = await freePort();
  const redirectUri = `http://127.0.0.1:${port}/api/auth/oidc/callback`;
  provider = await openOidcProvider(accounts, { ...client, redirectUri });
  settings = {
    HOTPLEX_GATEWAY_ADDR: `127.0.0.1:${port}`,
    HOTPLEX_OIDC_ISSUER: provider.issuer,
    HOTPLEX_OIDC_PRIVATE_HOSTS: new URL(provider.issuer).host,
    HOTPLEX_OIDC_NAME: 'Example',
    HOTPLEX_OIDC_CLIENT_ID: client.clientId,
    HOTPLEX_OIDC_CLIENT_SECRET: client.clientSecret,
    HOTPLEX_OIDC_REDIRECT_URI: redirectUri,
    HOTPLEX_OIDC_ALLOWED_DOMAINS: 'example.com',
    HOTPLEX_OIDC_DRIVER_GROUPS: 'developers',
    HOTPLEX_OIDC_VIEWER_GROUPS: 'all',
    HOTPLEX_LOG_LEVEL: 'error',
  };
  gateway = await startGateway({ env: settings });
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await provider[Symbol.asyncDispose]();
});

const start = () => `${gateway.url}/api/auth/oidc/start`;
const isCallback = (url: string) => url.includes('/oidc/callback?');

/** What the page does next: it asks for an access token with the cookie. */
async function enter(browser: ReturnType<typeof openPlainBrowser>) {
  const headers = { origin: gateway.url, 'content-type': 'application/json' };
  const { status, body } = await browser.visit(`${gateway.url}/api/auth/refresh`, {
    method: 'POST',
    headers,
  });
  const { access_token: token = '', subject } = JSON.parse(body) as {
    access_token?: string;
    subject?: string;
  };
  return { status, subject, headers: { authorization: `Bearer ${token}` } };
}

test('the sign-in page hears what the provider is called', async () => {
  const { answer } = await openPlainBrowser().follow(`${gateway.url}/api/auth/methods`);
  expect(JSON.parse(answer.body)).toEqual({ oidc: { name: 'Example' } });
});

test('a user of the provider comes back signed in, as what his groups say', async () => {
  for (const [user, status] of [
    ['ada', 400],
    ['vera', 403],
  ] as const) {
    const browser = openPlainBrowser();
    provider.user = user;
    const { url } = await browser.follow(start());
    expect(url).toBe(`${gateway.url}/`);
    expect([...browser.cookies(gateway.url).keys()]).toEqual(['hotplex_refresh']);
    const entered = await enter(browser);
    expect(entered).toMatchObject({ status: 200, subject: `oidc:${user}` });
    const headers = { ...entered.headers, 'content-type': 'application/json' };
    const sessions = `${gateway.url}/api/sessions`;
    expect((await browser.visit(sessions, { headers })).status).toBe(200);
    // An empty body: who may open sessions is told what is missing.
    expect((await browser.visit(sessions, { method: 'POST', headers })).status).toBe(status);
    // A refreshed sign-in is no more than the first.
    const again = await enter(browser);
    expect(
      (await browser.visit(sessions, { method: 'POST', headers: { ...headers, ...again.headers } })).status,
    ).toBe(status);
  }
});

test.each([
  { user: 'otto', why: 'account', about: 'in no group' },
  { user: 'mallory', why: 'account', about: 'with an address that nobody verified' },
  { user: 'eve', why: 'account', about: 'with a domain that only begins like ours' },
  { user: undefined, why: 'sign-in', about: 'who does not want to' },
] as const)('$user does not come in ($why): $about', async ({ user, why }) => {
  const browser = openPlainBrowser();
  provider.user = user;
  const { url } = await browser.follow(start());
  expect(url).toBe(`${gateway.url}/#refused=${why}`);
  expect([...browser.cookies(gateway.url).keys()]).toEqual([]);
  expect((await enter(browser)).status).toBe(401);
});

test('[A3] what comes back is good once, in the browser that began, and with what it began with', async () => {
  provider.user = 'ada';
  const [ada, thief] = [openPlainBrowser(), openPlainBrowser()];
  const { url: callback } = await ada.follow(start(), isCallback);
  const seed = ada.cookies(gateway.url).get('hotplex_oidc') ?? '';
  // The address alone: no cookie.
  expect((await thief.visit(callback)).headers.location).toBe('/#refused=sign-in');
  // The code of one beginning with the state and the cookie of another.
  const { url: other } = await thief.follow(start(), isCallback);
  const mixed = new URL(other);
  mixed.searchParams.set('code', new URL(callback).searchParams.get('code') ?? '');
  expect((await thief.visit(mixed.href)).headers.location).toBe('/#refused=sign-in');
  expect((await enter(thief)).status).toBe(401);

  provider.user = 'ada';
  const { url: fresh } = await ada.follow(start(), isCallback);
  expect(ada.cookies(gateway.url).get('hotplex_oidc')).not.toBe(seed);
  const used = ada.cookies(gateway.url).get('hotplex_oidc') ?? '';
  expect(fresh).not.toContain(used);
  expect((await ada.visit(fresh)).headers.location).toBe('/');
  ada.cookies(gateway.url).set('hotplex_oidc', used);
  expect((await ada.visit(fresh)).headers.location).toBe('/#refused=sign-in');
});

test('[L1] who signed in, and who was refused, is in the audit log, without a word of the provider', async () => {
  const { out } = await runCli(['audit', 'export', '--jsonl'], {
    home: gateway.dataDir,
    env: { HOTPLEX_DB_PATH: `${gateway.dataDir}/hotplex.db` },
  });
  expect(out).toMatch(/"actor":"oidc:ada".*"action":"GET \/api\/auth\/oidc\/callback".*"decision":"allow"/);
  expect(out).toMatch(/"action":"authenticate","decision":"deny","reason":"forbidden"/);
  expect(out).not.toMatch(/example\.com|code=/);
});

test('a gateway whose provider is away starts, and says so to who wants to sign in', async () => {
  const gone = `http://127.0.0.1:${await freePort()}`;
  const port = await freePort();
  await using alone = await startGateway({
    env: {
      ...{ ...settings, HOTPLEX_OIDC_ISSUER: gone, HOTPLEX_OIDC_PRIVATE_HOSTS: new URL(gone).host },
      HOTPLEX_GATEWAY_ADDR: `127.0.0.1:${port}`,
    },
  });
  const { answer } = await openPlainBrowser().follow(`${alone.url}/api/auth/oidc/start`);
  expect(answer).toMatchObject({ status: 503, body: expect.stringContaining('does not answer') });
});

test('[A6] a provider that fails is no guess of those who come from it', async () => {
  const denials = async () => {
    const env = { HOTPLEX_DB_PATH: `${gateway.dataDir}/hotplex.db` };
    const { out } = await runCli(['audit', 'export', '--jsonl'], { home: gateway.dataDir, env });
    return out.match(/"action":"authenticate","decision":"deny"/g)?.length;
  };
  const before = await denials();
  provider.user = 'ada';
  provider.isBroken = true;
  for (let count = 0; count < 8; count++)
    expect((await openPlainBrowser().follow(start())).url).toBe(`${gateway.url}/#refused=sign-in`);
  provider.isBroken = false;
  expect((await openPlainBrowser().follow(start())).url).toBe(`${gateway.url}/`);
  expect(await denials()).toBe(before);
});

test('an ID token that no published key of the provider has signed lets nobody in', async () => {
  provider.user = 'ada';
  provider.isForged = true;
  // The keys are asked for once and kept for a while.
  await gateway.restart();
  expect((await openPlainBrowser().follow(start())).url).toBe(`${gateway.url}/#refused=sign-in`);
  provider.isForged = false;
  await gateway.restart();
  expect((await openPlainBrowser().follow(start())).url).toBe(`${gateway.url}/`);
});

test('[U3] [U5] a provider in a private network is asked only where the operator names it, and so is where it points', async () => {
  const asked: string[] = [];
  const listen = async (name: string, answer: () => object) => {
    const server = createServer((request, response) => {
      asked.push(`${name} ${request.url}`);
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer()));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  };
  const inner = await listen('inner', () => ({}));
  const evil = await listen('issuer', () => ({
    ...{ issuer: evil.url, authorization_endpoint: `${evil.url}/auth`, token_endpoint: `${inner.url}/token` },
    ...{ response_types_supported: ['code'], subject_types_supported: ['public'] },
  }));
  let logged = '';
  const open = async (hosts: string) =>
    startGateway({
      env: {
        ...{ ...settings, HOTPLEX_OIDC_ISSUER: evil.url, HOTPLEX_OIDC_PRIVATE_HOSTS: hosts },
        ...{ HOTPLEX_GATEWAY_ADDR: `127.0.0.1:${await freePort()}`, HOTPLEX_LOG_LEVEL: 'warn' },
      },
      onLog: (text) => {
        logged += text;
      },
    });
  {
    await using closed = await open('');
    expect((await openPlainBrowser().visit(`${closed.url}/api/auth/oidc/start`)).status).toBe(503);
    expect(asked).toEqual([]);
    expect(logged).toContain('oidc.private_hosts');
  }
  await using gateway = await open(new URL(evil.url).host);
  const browser = openPlainBrowser();
  const { headers } = await browser.visit(`${gateway.url}/api/auth/oidc/start`);
  const state = new URL(String(headers.location)).searchParams.get('state');
  const back = `${gateway.url}/api/auth/oidc/callback?code=x&state=${state}`;
  expect((await browser.visit(back)).headers.location).toBe('/#refused=sign-in');
  expect(asked).toEqual(['issuer /.well-known/openid-configuration']);
  for (const { server } of [inner, evil]) server.close();
});

test('[A1] a provider that would let in anybody is no start', async () => {
  const { code, said } = await tryStart({
    ...{ ...settings, HOTPLEX_GATEWAY_ADDR: '127.0.0.1:0', HOTPLEX_OIDC_ALLOWED_DOMAINS: '' },
    ...{ HOTPLEX_OIDC_DRIVER_GROUPS: '', HOTPLEX_OIDC_VIEWER_GROUPS: '' },
  });
  expect(code).toBe(1);
  expect(said).toContain('would let in whoever has an account there: set oidc.allowed_domains');
});
