import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRequestGuard, type GuardedRequest } from '../../src/auth/request-guard.ts';

const guard = createRequestGuard({
  hosts: ['chat.example.com', '10.0.0.5:8888'],
  origins: ['https://app.example.com'],
  apiKeyHeader: 'X-API-Key',
});
const host = '127.0.0.1:8888';
const ask = (request: Partial<GuardedRequest> & Pick<GuardedRequest, 'headers'>) =>
  guard({ url: '/ws', localPort: 8888, upgrade: true, ...request });
const statusFor = (headers: GuardedRequest['headers']) => {
  const verdict = ask({ headers: { host, ...headers } });
  return verdict.allowed ? 'in' : verdict.status;
};

test.each<[string, string | string[] | undefined, 'in' | 421]>([
  ['our address', '127.0.0.1:8888', 'in'],
  ['our name', 'localhost:8888', 'in'],
  ['our name in capitals', 'LOCALHOST:8888', 'in'],
  ['our IPv6 address', '[::1]:8888', 'in'],
  ['a host of the list', 'chat.example.com', 'in'],
  ['a host of the list with its port', '10.0.0.5:8888', 'in'],
  ['a rebound name', 'evil.example:8888', 421],
  ['another port of ours', '127.0.0.1:9999', 421],
  ['our address without the port', '127.0.0.1', 421],
  ['a name that begins like ours', '127.0.0.1:8888.evil.example', 421],
  ['a name that ends like ours', 'evil.example.localhost:8888', 421],
  ['a host of the list with another port', 'chat.example.com:8888', 421],
  ['a subdomain of the list', 'x.chat.example.com', 421],
  ['the name with a dot at its end', 'localhost.:8888', 421],
  ['a user before the host', 'evil@127.0.0.1:8888', 421],
  ['an octal address', '0177.0.0.1:8888', 421],
  ['a decimal address', '2130706433:8888', 421],
  ['a short address', '127.1:8888', 421],
  ['the any address', '0.0.0.0:8888', 421],
  ['a mapped address', '[::ffff:127.0.0.1]:8888', 421],
  ['a long IPv6 address', '[0:0:0:0:0:0:0:1]:8888', 421],
  ['a space', ' 127.0.0.1:8888', 421],
  ['two values', '127.0.0.1:8888, evil.example', 421],
  ['two lines', ['127.0.0.1:8888', 'evil.example'], 421],
  ['nothing', '', 421],
  ['no Host', undefined, 421],
])('[W2] Host %s (%j): %s', (_, named, expected) => {
  expect(statusFor({ host: named })).toBe(expected);
});

test.each<[string, string | string[] | undefined, 'in' | 403]>([
  ['our page', 'http://127.0.0.1:8888', 'in'],
  ['our page by name', 'http://localhost:8888', 'in'],
  ['our page by IPv6', 'http://[::1]:8888', 'in'],
  ['a page of the list', 'https://app.example.com', 'in'],
  ['our page behind a TLS proxy', 'https://chat.example.com', 'in'],
  ['no Origin: a program', undefined, 'in'],
  ['a foreign page', 'https://evil.example', 403],
  ['an opaque page', 'null', 403],
  ['nothing', '', 403],
  ['our host by another scheme', 'https://127.0.0.1:8888', 403],
  ['another port of our host', 'http://127.0.0.1:3000', 403],
  ['our host without the port', 'http://127.0.0.1', 403],
  ['a page of the list by http', 'http://app.example.com', 403],
  ['a page of the list with a port', 'https://app.example.com:8443', 403],
  ['a longer name', 'https://app.example.com.evil.example', 403],
  ['a longer beginning', 'https://evil-app.example.com', 403],
  ['a path', 'https://app.example.com/', 403],
  ['capitals', 'https://APP.example.com', 403],
  ['a user', 'https://app.example.com@evil.example', 403],
  ['two', 'https://app.example.com, https://evil.example', 403],
  ['two lines', ['https://app.example.com', 'https://evil.example'], 403],
  ['a file', 'file://', 403],
  ['an extension', 'chrome-extension://abcdef', 403],
  ['a line break', 'https://app.example.com\r\nx: y', 403],
])('[W1] Origin %s (%j): %s', (_, origin, expected) => {
  expect(statusFor({ origin })).toBe(expected);
});

describe('sockets without an Origin', () => {
  test('[W1] a cookie alone opens none; with a credential in a header it does no harm', () => {
    const cookie = 'hotplex_refresh=abc';
    expect(statusFor({ cookie })).toBe(403);
    expect(statusFor({ cookie, authorization: 'Bearer x' })).toBe('in');
    expect(statusFor({ cookie, 'x-api-key': 'x' })).toBe('in');
    expect(ask({ upgrade: false, headers: { host, cookie } })).toEqual({ allowed: true });
  });
});

test.each([
  ...['token', 'access_token', 'api_key', 'apiKey', 'API_KEY', 'X-API-Key', 'key', 'ticket', 'auth', 'jwt'],
  ...['%74oken', 'a=b&token', 'a;b=1&password', '=&secret'],
])('[A3] [P14] an address with %s=… is refused, whatever the value', (name) => {
  for (const upgrade of [true, false])
    for (const value of ['', 'x', 'null'])
      expect(ask({ url: `/ws?${name}=${value}`, upgrade, headers: { host } })).toMatchObject({ status: 400 });
});

test('[A3] an address without a credential is let in', () => {
  for (const url of ['/', '/?tokens=1', '/api/sessions?limit=5&cursor=x', '/a%20b', '/%', '/?%E0%A4%A'])
    expect(ask({ url, headers: { host } }), url).toEqual({ allowed: true });
});

test.each(['http://evil.example/', '*', '', 'evil.example:443', undefined])(
  '[W6] the request target %j is refused: it is not a path of ours',
  (url) => {
    expect(ask({ url, headers: { host } })).toMatchObject({ allowed: false, status: 400 });
  },
);

test('[A7] a listener without pages refuses ours, too', () => {
  const admin = createRequestGuard({ hosts: [], origins: 'none' });
  const request = { url: '/status', localPort: 8888, upgrade: false };
  expect(admin({ ...request, headers: { host } })).toEqual({ allowed: true });
  for (const origin of ['http://127.0.0.1:8888', 'null', ''])
    expect(admin({ ...request, headers: { host, origin } })).toMatchObject({ status: 403 });
});

test('[W2] on port 80 browsers leave the port out', () => {
  const request = { url: '/', localPort: 80, upgrade: false, headers: { host: 'localhost' } };
  expect(guard(request)).toEqual({ allowed: true });
  expect(guard({ ...request, localPort: 8080 })).toMatchObject({ status: 421 });
});

test.each([
  [{ hosts: ['*'] }, /allowed_hosts: \* is not a host name/],
  [{ hosts: ['*.example.com'] }, /allowed_hosts/],
  [{ hosts: ['https://chat.example.com'] }, /write it as chat.example.com/],
  [{ hosts: [''] }, /allowed_hosts/],
  [{ origins: ['*'] }, /allowed_origins: \* is not one origin/],
  [{ origins: ['null'] }, /allowed_origins/],
  [{ origins: ['https://*.example.com'] }, /allowed_origins/],
  [{ origins: ['https://chat.example.com/'] }, /scheme, host and port/],
  [{ origins: ['chat.example.com'] }, /allowed_origins/],
  [{ origins: ['file://'] }, /allowed_origins/],
])('[A1] [W1] a list with %j is no start', (lists, sentence) => {
  expect(() => createRequestGuard({ hosts: [], origins: [], apiKeyHeader: 'x', ...lists })).toThrow(sentence);
});

test('[W6] no header, whatever its value, throws or lets a stranger in', () => {
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.webUrl(),
    fc.constant(`http://${host}`),
  );
  const value = fc.oneof(text, fc.array(text), fc.constant(undefined));
  const headers = fc.dictionary(
    fc.oneof(fc.constantFrom('host', 'origin', 'cookie', 'authorization', '__proto__'), fc.string()),
    value,
  );
  fc.assert(
    fc.property(headers, fc.option(text, { nil: undefined }), fc.boolean(), (given, url, upgrade) => {
      const verdict = guard({ url, headers: given, localPort: 8888, upgrade });
      const isOurs = ['127.0.0.1:8888', 'chat.example.com'].includes(String(given.host).toLowerCase());
      expect(verdict.allowed && !isOurs).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});
