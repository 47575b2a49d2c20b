import { describe, expect, test } from 'vitest';
import { openAdmin } from './open-admin.ts';

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
