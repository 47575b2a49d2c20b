import { expect, test } from 'vitest';
import { createVerifyAudit } from '../../src/verify-audit.ts';
import { apiKey } from '../auth/open-door.ts';
import { openAdmin } from './open-admin.ts';

const stats = {
  ...{ duration_ms: 1_500, time_to_first_token_ms: 20, tool_calls: 0, input_tokens: 10, output_tokens: 20 },
  ...{ cache_read_tokens: null, cache_write_tokens: null, total_tokens: 30, cost_usd: 0.5, model: 'm' },
  ...{ context_used_percent: null, stop_reason: 'end_turn' },
};

/** A turn of alice's just before midnight, and one just after. */
async function openWithTurns() {
  const admin = await openAdmin();
  const { door, sessions, worker, clock } = admin;
  clock.advance(86_400_000 - 100);
  const alice = await door.authenticate({ kind: 'api_key', key: apiKey }, { address: '', origin: null });
  const session = sessions.open({ identity: alice, workerType: 'scripted', key: 'a' });
  for (const inputId of ['i1', 'i2']) {
    session.prompt({ inputId, content: 'words of a person', author: 'alice' });
    worker.say({ type: 'done', data: { success: true, stats } });
    clock.advance(200);
  }
  return { ...admin, alice, session };
}

test('costs are told by the day, of the last 30 days if nothing else is asked for', async () => {
  const { ask, alice } = await openWithTurns();
  const figures = { turns: 1, tokens_in: 10, tokens_out: 20, cost_usd: 0.5, work_ms: 1_500 };
  const days = ['2026-11-24', '2026-11-25'];
  expect((await ask('GET /admin/costs')).body).toEqual({
    ...{ from: '2026-10-27', to: '2026-11-25', by: 'agent' },
    usage: days.map((day) => ({ day, name: 'scripted', ...figures })),
  });
  const byUser = await ask('GET /admin/costs?by=user&from=2026-11-25&to=2026-11-25');
  expect(byUser.body.usage).toEqual([{ day: '2026-11-25', name: alice.subject, ...figures }]);
});

test.each([
  'from=yesterday',
  'by=colour',
  'from=2026-11-25&to=2026-11-24',
  'from=2020-01-01',
  'to=0000-01-05',
])('costs of %s are refused with the field that is wrong', async (query) => {
  const { ask } = await openAdmin();
  const { status, body } = await ask(`GET /admin/costs?${query}`);
  expect(status).toBe(400);
  expect(body.error.message).toMatch(/^(from|by)/);
});

test('[L1] the audit log is paged backwards, filtered, and has no hashes of what was said in it', async () => {
  const { ask, door } = await openAdmin();
  for (const actor of ['a', 'b', 'a']) {
    door.audit.record({
      ...{ actor, sessionId: 's', action: 'permission', decision: 'deny', reason: 'policy' },
      ...{ rules: ['N1'], inputHash: 'f'.repeat(64) },
    });
  }
  const page = async (query: string) => (await ask(`GET /admin/audit?${query}`)).body;
  const first = await page('limit=1&actor=a&decision=deny&session=s&action=perm');
  expect(first.records).toEqual([
    {
      ...{ position: 3, time: expect.any(String), actor: 'a', session_id: 's', action: 'permission' },
      ...{ decision: 'deny', reason: 'policy', rules: ['N1'] },
    },
  ]);
  const second = await page(`limit=1&actor=a&cursor=${first.next_cursor}`);
  expect(second.records).toMatchObject([{ position: 1 }]);
  expect(second.next_cursor).toBeNull();
  expect((await ask('GET /admin/audit?cursor=nonsense')).status).toBe(400);
});

test('[L1] the chain of the audit log is checked as a whole', async () => {
  const { ask, store } = await openAdmin();
  await ask('GET /admin/stats');
  const { body } = await ask('GET /admin/audit/verify');
  expect(body).toEqual({ records: 1, head: store.auditAfter(0, 1)[0]?.hash, problem: null });
  const verify = createVerifyAudit({
    auditAfter: (position, limit) =>
      store.auditAfter(position, limit).map((record) => ({ ...record, actor: 'somebody else' })),
  });
  expect(await verify()).toMatchObject({ records: 0, problem: 'record 1 is not as it was written' });
});

test('what the policy said is told newest first, without the call', async () => {
  const { ask, decisions } = await openAdmin();
  const said = { workerType: 'demo', tool: 'Bash', reason: 'it deletes the home' } as const;
  decisions.add({ time: 0, sessionId: 's', ownerId: 'alice', decision: 'deny', rule: 'N1', ...said });
  decisions.add({ time: 1, sessionId: 't', ownerId: 'bob', decision: 'ask', rule: 'C5', ...said });
  const { body } = await ask('GET /admin/policy/decisions?limit=1');
  expect(body).toMatchObject({ total: 2, limit: 1, decisions: [{ session_id: 't', rule: 'C5' }] });
  expect((await ask('GET /admin/policy/decisions?decision=deny&user_id=alice')).body.decisions).toEqual([
    {
      ...{ time: '1970-01-01T00:00:00.000Z', session_id: 's', owner_id: 'alice', worker_type: 'demo' },
      ...{ tool: 'Bash', decision: 'deny', rule: 'N1', reason: 'it deletes the home' },
    },
  ]);
});

test('the configuration is told with where it is from, secrets only as set', async () => {
  const { ask } = await openAdmin();
  const { body, status } = await ask('GET /admin/config');
  expect(status).toBe(200);
  const of = (path: string) => body.settings.find((setting: { path: string }) => setting.path === path);
  expect(of('db.path')).toEqual({ path: 'db.path', value: '/nowhere/hotplex.db', origin: 'file' });
  expect(of('admin.token')).toEqual({ path: 'admin.token', value: '(secret)', origin: 'file' });
  expect(of('admin.addr')).toMatchObject({ origin: 'default' });
  expect(JSON.stringify(body)).not.toContain('a-secret-of-ours');
});

test('the sessions of one agent, or with a text in what is no content, are found', async () => {
  const { ask, session } = await openWithTurns();
  session.rename('tea');
  const ids = async (query: string) =>
    (await ask(`GET /admin/sessions?${query}`)).body.sessions.map(({ id }: { id: string }) => id);
  expect(await ids('worker_type=scripted')).toEqual([session.record.id]);
  expect(await ids('worker_type=pi')).toEqual([]);
  expect(await ids(`text=${session.record.id.slice(2, 9)}`)).toEqual([session.record.id]);
  expect(await ids('text=tea')).toEqual([]);
});
