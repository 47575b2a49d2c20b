import { expect, test } from 'vitest';
import { createAuthentication } from '../../lib/authentication.ts';
import { takeRefusal, takeSignInCode } from '../../lib/take-sign-in-code.ts';

type Answer = { status: number; body?: unknown };
type Call = { path: string; headers: Headers; body: unknown };

/** A gateway that gives the answers it was told to, in order, and remembers what it was asked. */
function gateway(...answers: Answer[]) {
  const calls: Call[] = [];
  const fetch = (async (input: string | URL | Request, init?: RequestInit) => {
    const body = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined;
    calls.push({ path: String(input), headers: new Headers(init?.headers), body });
    const answer = answers.shift() ?? { status: 599 };
    return new Response(answer.status === 204 ? null : JSON.stringify(answer.body ?? {}), {
      status: answer.status,
    });
  }) as typeof globalThis.fetch;
  return { fetch, calls, paths: () => calls.map(({ path }) => path) };
}

const token = (value: string, seconds = 900): Answer => ({
  status: 200,
  body: { access_token: value, token_type: 'Bearer', expires_in: seconds, subject: 'ada' },
});

function page(hash: string) {
  const replaced: string[] = [];
  const location = { hash, pathname: '/', search: '?s=abc' };
  return {
    location,
    replaced,
    history: {
      state: { kept: true },
      replaceState: (_: unknown, __: string, url: string) => void replaced.push(url),
    },
  };
}

test('[X6] the code leaves the address at once', () => {
  const opened = page('#code=one-time');
  expect(takeSignInCode(opened)).toBe('one-time');
  expect(opened.replaced).toEqual(['/?s=abc']);
});

test('another fragment is left alone', () => {
  const opened = page('#section');
  expect(takeSignInCode(opened)).toBeUndefined();
  expect(opened.replaced).toEqual([]);
});

test.each([
  ['#refused=account', 'account-refused'],
  ['#refused=sign-in', 'provider-refused'],
  ['#code=one-time', undefined],
])('sent back with %s the page says %s, and nothing of it stays in the address', async (hash, reason) => {
  const opened = page(hash);
  expect(takeRefusal(opened)).toBe(reason);
  expect(opened.replaced).toEqual(reason === undefined ? [] : ['/?s=abc']);
  const { fetch } = gateway({ status: 401 }, { status: 401 });
  const authentication = createAuthentication({ fetch, now: () => 0 });
  await authentication.start(undefined, takeRefusal(opened));
  expect(authentication.state.get()).toEqual({ status: 'signed-out', reason: reason ?? 'none' });
});

test('the page asks whether there is a provider, and what it is called', async () => {
  const { fetch, paths } = gateway(
    { status: 200, body: { oidc: { name: 'Example' } } },
    { status: 200, body: { oidc: null } },
  );
  const { provider } = createAuthentication({ fetch, now: () => 0 });
  expect([await provider(), await provider()]).toEqual(['Example', undefined]);
  expect(paths()).toEqual(['/api/auth/methods', '/api/auth/methods']);
});

test('[X6] a link signs in by its code', async () => {
  const { fetch, calls } = gateway(token('t1'));
  const authentication = createAuthentication({ fetch, now: () => 0 });
  await authentication.start('one-time');
  expect(calls.map(({ path, body }) => [path, body])).toEqual([['/api/auth/sign-in', { code: 'one-time' }]]);
  expect(authentication.state.get()).toEqual({ status: 'signed-in' });
  expect(await authentication.credential()).toBe('t1');
});

test('[X6] a start without a code waits for the one that has it', async () => {
  const { fetch, paths } = gateway(token('first'));
  const authentication = createAuthentication({ fetch, now: () => 0 });
  await Promise.all([authentication.start('one-time'), authentication.start(undefined)]);
  expect(paths()).toEqual(['/api/auth/sign-in']);
  expect(authentication.state.get()).toEqual({ status: 'signed-in' });
});

test('a used link with a good cookie still gets in; without one it is told so', async () => {
  const renewed = createAuthentication({ fetch: gateway({ status: 401 }, token('t1')).fetch, now: () => 0 });
  await renewed.start('used');
  expect(renewed.state.get()).toEqual({ status: 'signed-in' });
  const refused = createAuthentication({
    fetch: gateway({ status: 401 }, { status: 401 }, { status: 401 }).fetch,
    now: () => 0,
  });
  await refused.start('used');
  expect(refused.state.get()).toEqual({ status: 'signed-out', reason: 'code-refused' });
});

test('a token is renewed before it ends, once for everybody who asks', async () => {
  let now = 0;
  const { fetch, paths } = gateway(token('t1', 300), token('t2', 300));
  const authentication = createAuthentication({ fetch, now: () => now });
  await authentication.start(undefined);
  expect(await authentication.credential()).toBe('t1');
  now = 250_000;
  expect(await Promise.all([authentication.credential(), authentication.credential()])).toEqual(['t2', 't2']);
  expect(paths()).toEqual(['/api/auth/refresh', '/api/auth/refresh']);
});

test('another tab used the cookie first: the new one is tried before giving up', async () => {
  const { fetch } = gateway({ status: 401 }, token('t1'));
  const authentication = createAuthentication({ fetch, now: () => 0 });
  await authentication.start(undefined);
  expect(authentication.state.get()).toEqual({ status: 'signed-in' });
});

test('a request that is refused is sent again with a fresh token', async () => {
  const { fetch, calls } = gateway(token('t1'), { status: 401 }, token('t2'), {
    status: 200,
    body: { ok: true },
  });
  const authentication = createAuthentication({ fetch, now: () => 0 });
  await authentication.start(undefined);
  expect((await authentication.fetch('/api/sessions')).status).toBe(200);
  expect(calls.at(-1)?.headers.get('authorization')).toBe('Bearer t2');
});

test('a key goes in its own header, never as a bearer', async () => {
  const { fetch, calls } = gateway({ status: 200 }, { status: 200 });
  const authentication = createAuthentication({ fetch, now: () => 0 });
  await authentication.useApiKey('key');
  await authentication.fetch('/api/sessions', { headers: { authorization: 'Bearer other' } });
  const headers = calls.at(-1)?.headers;
  expect([headers?.get('x-api-key'), headers?.get('authorization')]).toEqual(['key', null]);
});

test('a gateway that does not answer is not a refusal', async () => {
  const fetch = (async () => {
    throw new TypeError('fetch failed');
  }) as unknown as typeof globalThis.fetch;
  const authentication = createAuthentication({ fetch, now: () => 0 });
  await authentication.start(undefined);
  expect(authentication.state.get()).toEqual({ status: 'unreachable' });
});

test('[J8] signing out everywhere is not said to be done before it is', async () => {
  const { fetch, calls } = gateway(token('t1'), { status: 503 }, { status: 204 });
  const authentication = createAuthentication({ fetch, now: () => 0 });
  await authentication.start(undefined);
  await expect(authentication.signOutEverywhere()).rejects.toThrow('503');
  expect(authentication.state.get()).toEqual({ status: 'signed-in' });
  await authentication.signOutEverywhere();
  expect(authentication.state.get()).toEqual({ status: 'signed-out', reason: 'signed-out' });
  expect(calls.at(-1)).toMatchObject({ path: '/api/auth/sign-out-everywhere' });
  expect(calls.at(-1)?.headers.get('authorization')).toBe('Bearer t1');
});

test('[J8] a request that is refused because somebody signed out does not say that the sign-in has ended', async () => {
  const refusal = Promise.withResolvers<void>();
  const { fetch: answer } = gateway(
    token('t1'),
    { status: 401 },
    { status: 204 },
    { status: 401 },
    { status: 401 },
  );
  let refreshes = 0;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    if (String(input) === '/api/auth/refresh') refreshes += 1;
    if (refreshes === 2 && String(input) === '/api/auth/refresh') await refusal.promise;
    return answer(input, init);
  };
  const authentication = createAuthentication({ fetch, now: () => 0 });
  await authentication.start(undefined);
  const looking = authentication.fetch('/api/sessions');
  await expect.poll(() => refreshes).toBe(2);
  await authentication.signOutEverywhere();
  refusal.resolve();
  await looking;
  expect(authentication.state.get()).toEqual({ status: 'signed-out', reason: 'signed-out' });
});

test('signing out forgets the token', async () => {
  const { fetch } = gateway(token('t1'), { status: 204 });
  const authentication = createAuthentication({ fetch, now: () => 0 });
  await authentication.start(undefined);
  await authentication.signOut();
  expect(authentication.state.get()).toEqual({ status: 'signed-out', reason: 'signed-out' });
  await expect(authentication.credential()).rejects.toThrow('Not signed in');
});
