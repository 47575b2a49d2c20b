import { describe, expect, test } from 'vitest';
import { logOf } from '../../src/ground/logger.ts';
import { openAdmin } from './open-admin.ts';
import { openWithSession, runTurn } from './open-with-session.ts';

describe('what operators see', () => {
  test('of agents their memory, and their share of a processor from the second look on', async () => {
    const admin = await openWithSession();
    admin.session.prompt({ inputId: 'i1', content: 'words of a person', author: 'alice' });
    const first = (await admin.ask('GET /admin/stats')).body;
    expect(first.workers.scripted).toEqual({
      ...{ sessions: 1, processes: 2, memory_bytes: 2 ** 20, avg_memory_mb: 1, avg_cpu_percent: null },
    });
    admin.clock.advance(100);
    const second = (await admin.ask('GET /admin/stats')).body;
    expect(second.workers.scripted.avg_cpu_percent).toBeCloseTo(50);
    expect(second.gateway).toMatchObject({ websocket_connections: 6, sessions_active: 1, sessions_total: 1 });
  });

  test('of sessions how many there are, which costs one look at all of them', async () => {
    const { ask, store } = await openWithSession();
    const { countByState } = store;
    let looks = 0;
    store.countByState = () => {
      looks += 1;
      return countByState();
    };
    const { body } = await ask('GET /admin/stats');
    expect(body).toMatchObject({ gateway: { sessions_total: 1 }, database: { sessions_count: 1 } });
    expect(looks).toBe(1);
  });

  test('of sessions whose they are and how they stand, and nothing that anybody said', async () => {
    const admin = await openWithSession();
    runTurn(admin, 'i1', 0.25);
    const { sessions } = (await admin.ask('GET /admin/sessions')).body;
    expect(sessions).toMatchObject([{ id: admin.id, owner_id: admin.alice.subject, state: 'idle' }]);
    expect(JSON.stringify(sessions)).not.toContain('words of a person');
    expect((await admin.ask('GET /admin/sessions?user_id=bob')).body.sessions).toEqual([]);
    expect((await admin.ask('GET /admin/sessions?state=running')).body.sessions).toEqual([]);
    expect((await admin.ask(`GET /admin/sessions/${admin.id}`)).body).toEqual(sessions[0]);
    expect((await admin.ask('GET /admin/sessions/unknown')).body.error).toMatchObject({
      code: 'SESSION_NOT_FOUND',
    });
  });

  test('of turns what they cost, newest first', async () => {
    const admin = await openWithSession();
    runTurn(admin, 'i1', 0.25);
    runTurn(admin, 'i2', 0.5);
    const { body } = await admin.ask(`GET /admin/sessions/${admin.id}/stats`);
    expect(body).toMatchObject({ total_turns: 2, success_turns: 2, failed_turns: 0, total_cost_usd: 0.75 });
    expect(body.turns.map((turn: { cost_usd: number }) => turn.cost_usd)).toEqual([0.5, 0.25]);
    const one = await admin.ask(`GET /admin/sessions/${admin.id}/stats?limit=1`);
    expect(one.body.turns).toHaveLength(1);
  });

  test('of the gateways that work together each, or the one that there is', async () => {
    const admin = await openWithSession();
    admin.session.prompt({ inputId: 'i1', content: 'words', author: 'alice' });
    const { body } = await admin.ask('GET /admin/nodes');
    expect(body.nodes).toMatchObject([
      { life: '', is_self: true, report: { is_draining: false, sessions: 1, workers: 1, turns: 1 } },
    ]);
  });

  test('of the pool who has its places, and of one session how it stands inside', async () => {
    const admin = await openWithSession();
    admin.session.prompt({ inputId: 'i1', content: 'words', author: 'alice' });
    admin.session.prompt({ inputId: 'i2', content: 'words', author: 'alice' });
    const { body: pool } = await admin.ask('GET /admin/pool');
    expect(pool).toMatchObject({ total: 1, users: { [admin.alice.subject]: 1 } });
    expect(pool.utilization).toBe(1 / pool.max);
    expect((await admin.ask(`GET /admin/debug/sessions/${admin.id}`)).body).toMatchObject({
      session: { id: admin.id, state: 'running' },
      debug: { available: true, has_worker: true, pid: 4711, queued: 1, pending: 0, idle_ms: null },
    });
  });

  test('[L2] of the log the lines they ask for, by level, part, session and time', async () => {
    const { ask, clock, logger } = await openAdmin();
    const log = logOf('session', logger);
    log.warn({ session: 's1', code: 'X' }, 'first');
    clock.advance(1_000);
    log.error({ session: 's2' }, 'second');
    logger.debug({}, 'third');
    const found = async (query: string) =>
      (await ask(`GET /admin/logs?${query}`)).body.logs.map((line: { msg: string }) => line.msg);
    expect(await found('')).toEqual(['first', 'second', 'third']);
    expect(await found('level=warn')).toEqual(['first', 'second']);
    expect(await found('component=session&session=s1')).toEqual(['first']);
    expect(await found(`since=${new Date(clock.now() - 500).toISOString()}`)).toEqual(['second', 'third']);
    const { body } = await ask('GET /admin/logs?limit=1');
    expect(body).toMatchObject({ total: 3, limit: 1, logs: [{ level: 'debug', fields: {} }] });
    expect((await ask('GET /admin/logs?level=loud')).status).toBe(400);
  });

  test('of health that all is well, and 503 when no work is taken', async () => {
    const admin = await openWithSession();
    expect(await admin.ask('GET /admin/health')).toMatchObject({
      status: 200,
      body: {
        status: 'healthy',
        checks: { database: { status: 'healthy', type: 'sqlite' } },
        version: '1.2.3',
      },
    });
    expect((await admin.ask('GET /admin/health/workers')).body).toMatchObject({ status: 'ok', workers: [] });
    void admin.sessions.drain({ withinMs: 1, hurry: new AbortController().signal, keepAgents: false });
    expect(await admin.ask('GET /admin/health')).toMatchObject({
      status: 503,
      body: {
        status: 'degraded',
        checks: { gateway: { status: 'unhealthy' }, workers: { status: 'healthy' } },
      },
    });
    expect(await admin.ask('GET /admin/health/ready')).toMatchObject({
      status: 503,
      body: { status: 'stopping' },
    });
  });

  test('of health 503 when an agent is gone that should be there', async () => {
    const admin = await openWithSession();
    admin.session.prompt({ inputId: 'i1', content: 'words', author: 'alice' });
    const agent = { session_id: admin.id, pid: 4711 };
    expect(await admin.ask('GET /admin/health/workers')).toMatchObject({
      status: 200,
      body: { status: 'ok', workers: [{ ...agent, running: true, memory_bytes: 2 ** 20 }] },
    });
    admin.machine.gone.add(4711);
    expect(await admin.ask('GET /admin/health')).toMatchObject({
      status: 503,
      body: { status: 'degraded', checks: { workers: { status: 'unhealthy' } } },
    });
    expect(await admin.ask('GET /admin/health/workers')).toMatchObject({
      status: 503,
      body: { status: 'degraded', workers: [{ ...agent, running: false, memory_bytes: null }] },
    });
  });

  test.each(['/admin/health', '/admin/health/workers'])(
    'at %s no alarm over an agent that starts or ends during the look',
    async (path) => {
      const admin = await openWithSession();
      admin.machine.meanwhile = () =>
        admin.session.prompt({ inputId: 'i1', content: 'words', author: 'alice' });
      expect((await admin.ask(`GET ${path}`)).status).toBe(200);
      admin.machine.gone.add(4711);
      admin.machine.meanwhile = () => admin.worker.exit(0);
      expect((await admin.ask(`GET ${path}`)).status).toBe(200);
      expect(admin.worker.calls).toEqual(['prompt words']);
    },
  );
});

describe('what operators do', () => {
  test('[A7] terminating a session ends its agent and leaves its log, deleting it leaves nothing', async () => {
    const admin = await openWithSession();
    runTurn(admin, 'i1', 0.25);
    expect((await admin.ask(`POST /admin/sessions/${admin.id}/terminate`)).status).toBe(204);
    expect(admin.worker.calls).toContain('stop');
    expect(admin.store.find(admin.id)?.state).toBe('terminated');
    expect((await admin.ask(`DELETE /admin/sessions/${admin.id}`)).status).toBe(204);
    expect(admin.store.find(admin.id)).toBeUndefined();
    expect((await admin.ask(`DELETE /admin/sessions/${admin.id}`)).status).toBe(404);
    const taken = admin.store.auditAfter(0, 100).map(({ actor, action }) => `${actor} ${action}`);
    expect(taken).toContain('operator POST /admin/sessions/:id/terminate');
    expect(taken).toContain('operator DELETE /admin/sessions/:id');
  });

  test('settings are tried, and what is wrong with them has its name and a remedy', async () => {
    const { ask } = await openAdmin();
    const validate = async (body: object) => (await ask('POST /admin/config/validate', { body })).body;
    expect(await validate({ gateway: { addr: '127.0.0.1:1' } })).toMatchObject({ valid: true, errors: [] });
    expect(await validate({ gateway: { adr: 'x' } })).toMatchObject({
      valid: false,
      errors: [expect.stringContaining('gateway.adr')],
    });
    expect(await validate({ security: { jwt_secret: 'short' } })).toMatchObject({ valid: false });
    expect(
      await validate({ admin: { tokens: [{ name: 'a', token: 'x', scopes: ['stats:read'] }] } }),
    ).toMatchObject({ valid: false, errors: [expect.stringContaining('admin.tokens')] });
    expect(await validate({ gateway: { addr: '0.0.0.0:1' } })).toMatchObject({
      valid: false,
      errors: [expect.stringContaining('reachable from other machines')],
    });
    expect((await ask('POST /admin/config/validate', { body: [] })).status).toBe(400);
  });

  test('draining is begun, and answered with what still runs', async () => {
    const admin = await openWithSession();
    admin.session.prompt({ inputId: 'i1', content: 'words', author: 'alice' });
    expect(await admin.ask('POST /admin/drain')).toMatchObject({
      status: 202,
      body: { status: 'draining', running_turns: 1 },
    });
    expect((await admin.ask('POST /admin/drain?timeout=30m')).status).toBe(202);
    expect((await admin.ask('POST /admin/drain?timeout=soon')).status).toBe(400);
    expect(admin.drained).toEqual([undefined, 1_800_000]);
  });
});
