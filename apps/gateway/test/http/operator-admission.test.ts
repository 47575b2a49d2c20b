import { describe, expect, test } from 'vitest';
import { openAdmin, watcherToken } from './open-admin.ts';

describe('[A7] who is let in', () => {
  test('a token does what it names and nothing else, and is told what it lacks', async () => {
    const { ask, store } = await openAdmin();
    const asWatcher = (route: string) => ask(route, { token: watcherToken });
    expect((await asWatcher('GET /admin/sessions')).status).toBe(200);
    for (const [route, scope] of [
      ['GET /admin/logs', 'admin:read'],
      ['GET /status', 'stats:read'],
      ['DELETE /admin/sessions/x', 'session:delete'],
      ['POST /admin/sessions/x/terminate', 'session:write'],
      ['POST /admin/drain', 'admin:write'],
    ] as const) {
      const { status, body } = await asWatcher(route);
      expect({ route, status, code: body.error.code }).toEqual({ route, status: 403, code: 'FORBIDDEN' });
      expect(body.error.message).toContain(scope);
    }
    expect(store.auditAfter(0, 1)).toMatchObject([{ actor: 'operator:watcher', decision: 'allow' }]);
  });

  test('nobody from another network than those that were named', async () => {
    const { ask } = await openAdmin({ networks: ['10.0.0.0/8', 'fd00::/8'] });
    for (const from of ['10.9.9.9', '::ffff:10.9.9.9', 'fd00::1'])
      expect((await ask('GET /status', { from })).status, from).toBe(200);
    for (const from of ['11.0.0.1', '::1', 'fe80::1%eth0', ''])
      expect((await ask('GET /health', { from })).status, from).toBe(403);
  });

  test('who asks too often waits, and is told how long; others do not', async () => {
    const { ask, clock } = await openAdmin();
    const from = '10.7.7.7';
    for (let count = 0; count < 20; count += 1) expect((await ask('GET /health', { from })).status).toBe(200);
    const refused = await ask('GET /health', { from });
    expect(refused).toMatchObject({ status: 429, body: { error: { code: 'RATE_LIMITED' } } });
    expect(refused.headers.get('retry-after')).toBe('1');
    expect((await ask('GET /health')).status).toBe(200);
    clock.advance(100);
    expect((await ask('GET /health', { from })).status).toBe(200);
  });

  test('another method is answered with those there are', async () => {
    const { ask } = await openAdmin();
    const { status, headers } = await ask('PUT /admin/drain');
    expect({ status, allow: headers.get('allow') }).toEqual({ status: 405, allow: 'POST' });
  });
});
