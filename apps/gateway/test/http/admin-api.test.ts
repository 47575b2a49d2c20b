import { describe, expect, test } from 'vitest';
import { logOf } from '../../src/ground/logger.ts';
import { apiKey } from '../auth/open-door.ts';
import { openAdmin, watcherToken } from './open-admin.ts';

async function openWithSession() {
  const admin = await openAdmin();
  const alice = await admin.door.authenticate(
    { kind: 'api_key', key: apiKey },
    { address: '', origin: null },
  );
  const session = admin.sessions.open({ identity: alice, workerType: 'scripted', key: 'a' });
  return { ...admin, alice, session, id: session.record.id };
}

/** A turn with these figures. */
function runTurn(
  { session, worker }: Awaited<ReturnType<typeof openWithSession>>,
  inputId: string,
  cost: number,
) {
  session.prompt({ inputId, content: 'words of a person', author: 'alice' });
  const stats = {
    ...{ duration_ms: 1_500, time_to_first_token_ms: 20, tool_calls: 0, input_tokens: 10, output_tokens: 20 },
    ...{ cache_read_tokens: null, cache_write_tokens: null, total_tokens: 30, cost_usd: cost, model: 'm' },
    ...{ context_used_percent: null, stop_reason: 'end_turn' },
  };
  worker.say({ type: 'done', data: { success: true, stats } });
}

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

describe('what Prometheus reads', () => {
  test('turns with tokens and cost, sessions, agents, places, and who lags behind', async () => {
    const admin = await openWithSession();
    runTurn(admin, 'i1', 0.25);
    runTurn(admin, 'i2', 0.5);
    admin.session.prompt({ inputId: 'i3', content: 'words', author: 'alice' });
    const { body, headers } = await admin.ask('GET /metrics');
    expect(headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const lines = new Set(String(body).split('\n'));
    for (const line of [
      'hotplex_sessions_total{worker_type="scripted"} 1',
      'hotplex_sessions_active{state="running"} 1',
      'hotplex_turns_total{worker_type="scripted",result="success"} 2',
      'hotplex_tokens_total{worker_type="scripted",kind="output"} 40',
      'hotplex_cost_usd_total{worker_type="scripted"} 0.75',
      'hotplex_turn_duration_seconds_sum{worker_type="scripted"} 3',
      'hotplex_workers_running{worker_type="scripted"} 1',
      'hotplex_worker_memory_bytes{worker_type="scripted"} 1048576',
      'hotplex_gateway_events_total{event_type="done",direction="s2c"} 2',
      'hotplex_gateway_added_latency_seconds_count 2',
      'hotplex_gateway_client_lag_events 3',
      'hotplex_gateway_clients_behind 1',
      'hotplex_pool_acquire_total{result="success"} 1',
    ])
      expect(lines, line).toContain(line);
    await admin.ask(`POST /admin/sessions/${admin.id}/terminate`);
    await admin.ask('GET /admin/sessions/unknown');
    const { body: after } = await admin.ask('GET /admin/metrics');
    expect(after).toContain('hotplex_sessions_terminated_total{reason="admin_kill"} 1');
    expect(after).toContain('hotplex_gateway_errors_total{error_code="SESSION_NOT_FOUND"} 1');
    expect(after).toContain(
      'hotplex_http_requests_total{method="GET",route="/admin/sessions/:id",status="404"} 1',
    );
    expect(after).not.toContain('workers_running{');
  });

  test('a probe by HEAD is counted at the route that answers it', async () => {
    const { ask } = await openAdmin();
    expect((await ask('HEAD /health')).status).toBe(200);
    const { body } = await ask('GET /metrics');
    expect(body).toContain('hotplex_http_requests_total{method="HEAD",route="/health",status="200"} 1');
  });

  test('no word from outside becomes a label', async () => {
    const { api, ask } = await openAdmin();
    await ask('GET /evil-path');
    await api.request('/status', { method: 'EVIL' }, { incoming: { headers: {}, socket: {} } });
    const { body } = await ask('GET /metrics');
    expect(String(body).toLowerCase()).not.toContain('evil');
    expect(body).toContain('method="other",route="none"');
  });
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

describe('the configuration of a gateway that runs', () => {
  test('is read anew, and goes back, by those who may do everything', async () => {
    const admin = await openAdmin();
    Object.assign(admin.configuration.file.tree, { session: { max_queue: 7 } });
    const changed = { key: 'session.max_queue', old: 50, new: 7, restart: false };
    expect(await admin.ask('POST /admin/config/reload')).toMatchObject({
      status: 200,
      body: { version: 2, changes: [changed] },
    });
    expect(await admin.ask('POST /admin/config/rollback', { body: { version: 1 } })).toMatchObject({
      status: 200,
      body: { version: 3, changes: [{ ...changed, old: 7, new: 50 }] },
    });
    const { body } = await admin.ask('GET /admin/config/history');
    expect(body).toMatchObject({
      version: 3,
      entries: [
        {
          version: 3,
          origin: 'rollback',
          actor: 'operator',
          time: new Date(admin.clock.now()).toISOString(),
        },
        { version: 2, origin: 'request', actor: 'operator', changes: [changed] },
        { version: 1, origin: 'start', actor: null, changes: [] },
      ],
    });
    expect(JSON.stringify(body)).not.toContain('sealed');
  });

  test('[G14] stays as it is when the new one is wrong, and the gateway is as ready as before', async () => {
    const admin = await openAdmin();
    Object.assign(admin.configuration.file.tree, { session: { max_queue: 0 } });
    expect(await admin.ask('POST /admin/config/reload')).toMatchObject({
      status: 422,
      body: { error: { code: 'CONFIG_INVALID', message: expect.stringContaining('session.max_queue') } },
    });
    expect((await admin.ask('POST /admin/config/rollback', { body: { version: 9 } })).status).toBe(422);
    expect((await admin.ask('POST /admin/config/rollback', { body: {} })).status).toBe(400);
    expect((await admin.ask('GET /admin/health/ready')).status).toBe(200);
    expect((await admin.ask('GET /admin/metrics')).body).toContain(
      'hotplex_config_reloads_total{origin="request",result="refused"} 1',
    );
  });
});
