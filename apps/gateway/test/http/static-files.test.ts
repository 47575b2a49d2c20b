import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { createStaticFiles } from '../../src/http/static-files.ts';

const root = mkdtempSync(join(tmpdir(), 'hotplex-files-'));
afterAll(() => rmSync(root, { recursive: true }));
const folder = join(root, 'out');
const script = 'self.started = true';
const page = `<!doctype html><script src="/_next/static/a.js"></script><script>${script}</script>`;
const put = (path: string, content: string) => {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
};
put(join(root, 'secret.txt'), 'SECRET');
put(join(root, 'out-evil', 'x.txt'), 'SECRET');
put(join(folder, 'index.html'), page);
put(join(folder, '404.html'), '<p>not here</p>');
put(join(folder, 'about.html'), '<p>about</p>');
put(join(folder, 'deep', 'index.html'), '<p>deep</p>');
put(join(folder, 'a b.txt'), 'spaced');
put(join(folder, '_next', 'static', 'a.js'), script);
put(join(folder, '.env'), 'SECRET');
put(join(folder, '.git', 'config'), 'SECRET');
put(join(folder, 'deep', '.hidden'), 'SECRET');
symlinkSync(join(root, 'secret.txt'), join(folder, 'link.txt'));
symlinkSync(root, join(folder, 'up'));
symlinkSync('index.html', join(folder, 'inner.html'));

const files = createStaticFiles(folder);
const get = (url: string, headers: Record<string, string> = {}, method = 'GET') =>
  files({ method, url, headers: { host: '127.0.0.1:8888', ...headers } });

test.each([
  ['/', page],
  ['/index.html', page],
  ['/?q=1', page],
  ['/about', '<p>about</p>'],
  ['/about/', '<p>about</p>'],
  ['/deep', '<p>deep</p>'],
  ['/deep/', '<p>deep</p>'],
  ['/a%20b.txt', 'spaced'],
  ['/_next/static/a.js', script],
])('%s is a file of the web chat', (url, content) => {
  const { status, body, headers } = get(url);
  expect({ status, body: String(body) }).toEqual({ status: 200, body: content });
  expect(headers['x-content-type-options']).toBe('nosniff');
});

test.each([
  ...['/../secret.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/%2e%2e%2fsecret.txt', '/.%2e/secret.txt'],
  ...[
    '/%252e%252e%252fsecret.txt',
    '/..%5csecret.txt',
    '/..\\secret.txt',
    '/%5c..%5csecret.txt',
    '/....//secret.txt',
  ],
  ...[
    '/deep/../../secret.txt',
    '/deep/%2e%2e/%2e%2e/secret.txt',
    '/../out-evil/x.txt',
    '/..%c0%afsecret.txt',
  ],
  ...['/index.html%00', '/index.html%00.txt', '/%00', '/secret.txt%00.html', '/about%00', '/\u0000'],
  ...[
    '/.env',
    '/%2eenv',
    '/.git/config',
    '/deep/.hidden',
    '/link.txt',
    '/up/secret.txt',
    '/inner.html',
    '/inner',
  ],
  ...['//etc/passwd', '/etc/passwd', '/file:///etc/passwd', '/C:%5cWindows', '/%', '/%zz', '/%E0%A4%A'],
  ...['/__proto__', '/constructor', '/toString', '/INDEX.HTML', '/deep/..'],
])('[F3] %j is not here', (url) => {
  const { status, body } = get(url);
  expect({ status, body: String(body) }).toEqual({ status: 404, body: '<p>not here</p>' });
});

test('[F3] no address throws, and none leads to what is not part of the export', () => {
  const part = fc.constantFrom(
    ...[
      '..',
      '.',
      '%2e%2e',
      '%2f',
      '/',
      '\\',
      '%5c',
      '%00',
      'secret.txt',
      'up',
      'link.txt',
      '.env',
      'deep',
      '%',
    ],
  );
  const url = fc.oneof(
    fc.array(part, { maxLength: 12 }).map((parts) => `/${parts.join('/')}`),
    fc.array(part, { maxLength: 12 }).map((parts) => `/${parts.join('')}`),
    fc.string({ unit: 'binary' }).map((text) => `/${text}`),
  );
  fc.assert(
    fc.property(url, (address) => {
      expect(String(get(address).body)).not.toContain('SECRET');
    }),
    { numRuns: 2_000 },
  );
});

describe('[X5] pages', () => {
  test('may run the scripts they were built with and nothing else, and talk to their own host', () => {
    const policy = get('/').headers['content-security-policy'] ?? '';
    const hash = createHash('sha256').update(script).digest('base64');
    expect(policy).toContain(`script-src 'self' 'sha256-${hash}';`);
    expect(policy).toContain("connect-src 'self' ws://127.0.0.1:8888 wss://127.0.0.1:8888");
    for (const rule of [
      "default-src 'self'",
      "frame-ancestors 'none'",
      "worker-src 'self'",
      "manifest-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
    ])
      expect(policy).toContain(rule);
    expect(/script-src [^;]*unsafe/.test(policy)).toBe(false);
    expect(get('/').headers['referrer-policy']).toBe('no-referrer');
  });

  test('that are not there have a policy, too, and so has a gateway without a web chat', () => {
    expect(get('/nothing').headers['content-security-policy']).toContain("frame-ancestors 'none'");
    const bare = createStaticFiles(join(root, 'nowhere'))({ method: 'GET', url: '/', headers: {} });
    expect(bare.status).toBe(503);
    expect(String(bare.body)).toContain('pnpm build');
    expect(bare.headers['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(createStaticFiles(undefined)({ method: 'GET', url: '/', headers: {} }).status).toBe(503);
  });
});

test('what a browser has is not sent again; hashed files are kept for good', () => {
  const { etag = '' } = get('/').headers;
  for (const known of [etag, `W/${etag}`, `"x", ${etag}`, '*'])
    expect(get('/', { 'if-none-match': known })).toMatchObject({ status: 304, body: '' });
  expect(get('/', { 'if-none-match': '"x"' }).status).toBe(200);
  expect(get('/').headers['cache-control']).toBe('no-cache');
  expect(get('/_next/static/a.js').headers['cache-control']).toContain('immutable');
});

test('files are only read: HEAD has no body, other methods are refused', () => {
  expect(get('/', {}, 'HEAD')).toMatchObject({ status: 200, body: '' });
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'])
    expect(get('/', {}, method)).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
});
