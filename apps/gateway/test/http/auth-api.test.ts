import { describe, expect, test } from 'vitest';
import { apiKey } from '../auth/open-door.ts';
import { openGateway } from './open-gateway.ts';

type Sent = { origin?: string; cookie?: string; authorization?: string };

async function openBrowser() {
  const gateway = await openGateway();
  const page = `http://127.0.0.1:${gateway.port}`;
  const post = (path: string, body: unknown, headers: Sent = {}) =>
    fetch(`${page}/api/auth/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const signIn = async (origin = page) => {
    const response = await post('sign-in', { code: gateway.door.signIn.newCode() }, { origin });
    const [setCookie = ''] = response.headers.getSetCookie();
    return { response, setCookie, cookie: setCookie.split(';', 1)[0] ?? '' };
  };
  return { ...gateway, page, post, signIn };
}

describe('signing in', () => {
  test('[H2] [X6] the code brings a token and a cookie that scripts and other sites cannot use', async () => {
    const { page, signIn } = await openBrowser();
    const { response, setCookie } = await signIn();
    expect(response.status).toBe(200);
    const body = (await response.json()) as { access_token: string };
    expect(body).toEqual({
      access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      token_type: 'Bearer',
      expires_in: 900,
      subject: 'local',
    });
    expect(setCookie.split('; ').sort()).toEqual([
      ...['HttpOnly', 'Max-Age=2592000', 'Path=/api/auth', 'SameSite=Strict'],
      expect.stringMatching(/^hotplex_refresh=[\w-]{43}$/),
    ]);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const asked = await fetch(`${page}/api/agents`, {
      headers: { authorization: `Bearer ${body.access_token}` },
    });
    expect(asked.status).toBe(200);
  });

  test('[X6] a page that came by https has its cookie sent by https alone', async () => {
    const { signIn } = await openBrowser();
    expect((await signIn('https://chat.example.com')).setCookie).toContain('; Secure');
    expect((await signIn()).setCookie).not.toContain('Secure');
  });

  test('[A6] wrong codes are guesses: after five the peer waits and is told how long', async () => {
    const { post } = await openBrowser();
    for (let count = 0; count < 5; count++) expect((await post('sign-in', { code: 'x' })).status).toBe(401);
    const limited = await post('sign-in', { code: 'x' });
    expect(limited.status).toBe(429);
    expect(limited.headers.get('retry-after')).toBe('1');
    expect(await limited.json()).toMatchObject({ error: { code: 'RATE_LIMITED', retryable: true } });
  });

  test.each([{}, { code: '' }, { code: 7 }, { code: 'x'.repeat(257) }, [], null, 'code'])(
    '[H2] %j is no code, and the field is named',
    async (body) => {
      const { post } = await openBrowser();
      const response = await post('sign-in', body);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: { code: 'INVALID_MESSAGE' } });
    },
  );
});

describe('the refresh cookie', () => {
  test('[X6] renews for our own page, once; without an Origin or for no cookie it does not', async () => {
    const { page, post, signIn, door } = await openBrowser();
    const { cookie } = await signIn();
    expect((await post('refresh', {}, { cookie })).status).toBe(403);
    expect((await post('refresh', {}, { cookie, origin: 'https://evil.example' })).status).toBe(403);
    // A page of an allowed origin may be of the same site, and then sends the cookie.
    for (const path of ['refresh', 'sign-out'])
      expect((await post(path, {}, { cookie, origin: 'https://tools.example.com' })).status).toBe(403);
    expect((await post('refresh', {}, { origin: page })).status).toBe(401);
    const renewed = await post('refresh', {}, { cookie, origin: page });
    expect(renewed.status).toBe(200);
    expect(renewed.headers.getSetCookie()[0]).not.toContain(cookie);
    door.clock.advance(10_000);
    expect((await post('refresh', {}, { cookie, origin: page })).status).toBe(401);
  });

  test('[X6] opens nothing but /api/auth', async () => {
    const { page, signIn, port } = await openBrowser();
    const { cookie } = await signIn();
    for (const path of ['/api/agents', '/api/sessions'])
      expect(
        (await fetch(`http://127.0.0.1:${port}${path}`, { headers: { cookie, origin: page } })).status,
      ).toBe(401);
  });

  test('[J8] signing out clears it and ends the access token', async () => {
    const { page, post, signIn } = await openBrowser();
    const { cookie, response } = await signIn();
    const { access_token: token } = (await response.json()) as { access_token: string };
    expect((await post('sign-out', {}, { cookie })).status).toBe(403);
    const left = await post('sign-out', {}, { cookie, origin: page });
    expect(left.status).toBe(204);
    expect(left.headers.getSetCookie()[0]).toContain('Max-Age=0');
    const asked = await fetch(`${page}/api/agents`, { headers: { authorization: `Bearer ${token}` } });
    expect(asked.status).toBe(401);
    expect(await asked.json()).toMatchObject({ error: { details: { reason: 'revoked' } } });
    expect((await post('refresh', {}, { cookie, origin: page })).status).toBe(401);
  });
});

test('[A3] a ticket is given to who is signed in, for the page that asked, and is good for one socket', async () => {
  const { page, post, door } = await openBrowser();
  expect((await post('ticket', {}, { origin: page })).status).toBe(401);
  const given = await post('ticket', {}, { origin: page, authorization: `Bearer ${apiKey}` });
  const { ticket, expires_in: seconds } = (await given.json()) as { ticket: string; expires_in: number };
  expect(seconds).toBe(30);
  const redeem = (origin: string | null) =>
    door.authenticate({ kind: 'any', token: ticket }, { address: '127.0.0.1', origin });
  expect(await redeem(page)).toMatchObject({ subject: 'key:tests', method: 'ticket' });
  await expect(redeem(page)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
});
