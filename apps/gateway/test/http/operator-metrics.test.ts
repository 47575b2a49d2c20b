import { describe, expect, test } from 'vitest';
import { openAdmin } from './open-admin.ts';
import { openWithSession, runTurn } from './open-with-session.ts';

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
