import { expect, onTestFinished, test } from 'vitest';
import { createRequestGuard } from '../../src/auth/request-guard.ts';
import { answerCrossOrigin } from '../../src/http/cross-origin.ts';
import { createHttpServer } from '../../src/http/http-server.ts';
import { createManualClock } from '../support/manual-clock.ts';

const page = 'https://app.example.com';
const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** A listener that lets pages of one other origin in; it answers everything with its path. */
async function openServer() {
  const server = createHttpServer({
    guard: createRequestGuard({ hosts: [], origins: [page] }),
    answer: answerCrossOrigin({
      ...{ origins: [page], apiKeyHeader: 'x-api-key' },
      answer: ({ url }, response) => response.writeHead(401, { 'x-path': url }).end(),
    }),
    ...{ variable: 'HOTPLEX_GATEWAY_ADDR', clock: createManualClock(), logger: silent },
  });
  const { port } = await server.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => server.close());
  return (path: string, method: string, origin?: string) =>
    fetch(`http://127.0.0.1:${port}${path}`, { method, headers: origin ? { origin } : {} });
}

test('[W1] a page of an allowed origin may ask with its own credential, and read the answer', async () => {
  const ask = await openServer();
  const preflight = await ask('/api/sessions', 'OPTIONS', page);
  expect(preflight.status).toBe(204);
  expect(Object.fromEntries(preflight.headers)).toMatchObject({
    'access-control-allow-origin': page,
    'access-control-allow-methods': 'GET, POST, PATCH, DELETE',
    'access-control-allow-headers': 'authorization, content-type, last-event-id, traceparent, x-api-key',
    vary: 'origin',
  });
  const answer = await ask('/api/sessions', 'GET', page);
  expect(answer.status).toBe(401);
  expect(answer.headers.get('access-control-allow-origin')).toBe(page);
});

test('[X6] never with cookies, and never where they count', async () => {
  const ask = await openServer();
  for (const path of [
    ...['/api/auth', '/api/auth/refresh', '/api/auth?x', '/', '/health'],
    ...['/api/%61uth/refresh', '/%61pi/sessions', '/api/admin', '/api/admin/sessions', '/api/%61dmin/stats'],
  ]) {
    const answer = await ask(path, 'OPTIONS', page);
    expect(answer.headers.get('x-path')).toBe(path);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  }
  const answer = await ask('/api/sessions', 'GET', page);
  expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
});

test('[W1] other pages are let in no further than before', async () => {
  const ask = await openServer();
  const refused = await ask('/api/sessions', 'OPTIONS', 'https://evil.example.com');
  expect(refused.status).toBe(403);
  expect(refused.headers.get('access-control-allow-origin')).toBeNull();
  expect((await ask('/api/sessions', 'GET')).headers.get('access-control-allow-origin')).toBeNull();
});
