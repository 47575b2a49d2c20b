import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { docsSite, isOf } from '../../src/http/site.ts';
import { createStaticFiles } from '../../src/http/static-files.ts';
import { openGateway } from './open-gateway.ts';

const folder = mkdtempSync(join(tmpdir(), 'hotplex-site-'));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, 'assets'));
mkdirSync(join(folder, 'sdks'));
writeFileSync(join(folder, 'index.html'), 'the first page');
writeFileSync(join(folder, 'sdks', 'go.html'), 'about Go');
writeFileSync(join(folder, '404.html'), 'no such page');
writeFileSync(join(folder, 'assets', 'app.a1b2.js'), 'code');

const files = createStaticFiles(folder, docsSite);
const get = (url: string) => files({ method: 'GET', url, headers: { host: '127.0.0.1:8888' } });

test.each([
  ['/docs', 200, 'the first page'],
  ['/docs/', 200, 'the first page'],
  ['/docs?q=1', 200, 'the first page'],
  ['/docs/sdks/go', 200, 'about Go'],
  ['/docs/sdks/go.html', 200, 'about Go'],
  ['/docs/nothing', 404, 'no such page'],
  ['/docs/../index.html', 404, 'no such page'],
  ['/docs/%2e%2e/docs/index.html', 404, 'no such page'],
])('[F3] %s is answered with %i', (url, status, body) => {
  const answer = get(url);
  expect({ status: answer.status, body: String(answer.body) }).toEqual({ status, body });
  expect(answer.headers['content-security-policy']).toContain("script-src 'self';");
});

test('files whose names say what is in them are kept for good, pages are asked for anew', () => {
  expect(get('/docs/assets/app.a1b2.js').headers['cache-control']).toContain('immutable');
  expect(get('/docs/').headers['cache-control']).toBe('no-cache');
});

test.each([
  ['/docs', true],
  ['/docs/', true],
  ['/docs/a', true],
  ['/docsx', false],
  ['/', false],
  ['/x/docs', false],
  ['/Docs', false],
])('%s is one of its addresses: %s', (path, expected) => {
  expect(isOf(docsSite, path)).toBe(expected);
});

test('a gateway whose documentation is not built says how to build it', () => {
  const { status, body } = createStaticFiles(
    undefined,
    docsSite,
  )({
    method: 'GET',
    url: '/docs/',
    headers: {},
  });
  expect(status).toBe(503);
  expect(String(body)).toContain('Run <code>pnpm docs:build</code> and start the gateway again');
});

/** Asks the port itself, with a Host of one's choice. */
const ask = (port: number, path: string, host = `127.0.0.1:${port}`) =>
  new Promise<number | undefined>((resolve, reject) =>
    request({ port, path, headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end(),
  );

test('[W1] [A5] it is there for whoever has no credential, and by our own names only', async () => {
  const { port } = await openGateway();
  expect(await ask(port, '/docs/site.test.ts')).toBe(200);
  expect(await ask(port, '/docs/site.test.ts', 'rebound.example')).toBe(421);
  expect(await ask(port, '/docs/../api/sessions')).toBe(404);
});
